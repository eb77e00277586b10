package io.serviceresolver.k8s;

import io.serviceresolver.endpoint.Conditions;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.IpFamily;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A cluster: Pods that come, change and go, and a controller that writes their slices one at a time, so that a Pod that it
 * moves is in two slices or in none in between. Each slice that is written says what holds at that moment.
 */
final class ChurnModel {

    private static final int SLICES = 4;
    private static final int ADDRESSES = 6;
    private static final SlicePort HTTP = new SlicePort("http", 80, null);

    /** What is true of each Pod that exists, by its number. */
    final Map<Integer, Conditions> pods = new TreeMap<>();

    /** What the server has. */
    final Map<String, Slice> written = new TreeMap<>();

    /** What a watch has still to tell: the slices as they were written, in order; one without endpoints was deleted. */
    final Deque<Slice> untold = new ArrayDeque<>();

    private final Random random;
    private final List<Set<Integer>> placed = new ArrayList<>();

    /** The second write of each move that has begun, by the Pod. */
    private final Map<Integer, Runnable> halves = new TreeMap<>();

    private final Set<String> taken = new HashSet<>();
    private int born;

    ChurnModel(Random random) {
        this.random = random;
        for (int i = 0; i < SLICES; i++) {
            placed.add(new TreeSet<>());
        }
    }

    static String uid(int pod) {
        return "u" + pod;
    }

    /** Its address, which a Pod after it may have too. */
    static String address(int pod) {
        return "10.0.0." + pod % ADDRESSES;
    }

    /** Something happens. */
    void step() {
        int kind = random.nextInt(12);
        if (pods.isEmpty() || kind < 3) {
            create();
        } else {
            int pod = List.copyOf(pods.keySet()).get(random.nextInt(pods.size()));
            if (kind < 7) {
                move(pod);
            } else if (kind < 11) {
                change(pod);
            } else {
                delete(pod);
            }
        }
    }

    /** Ends the moves that have begun. */
    void settle() {
        List<Runnable> begun = new ArrayList<>(halves.values());
        halves.clear();
        Collections.shuffle(begun, random);
        begun.forEach(Runnable::run);
    }

    private void create() {
        int pod = born++;
        if (taken.add(address(pod))) {
            pods.put(pod, random.nextBoolean() ? Conditions.READY : Conditions.NOT_READY);
            place(random.nextInt(SLICES), pod);
        }
    }

    private void change(int pod) {
        Conditions now = state(pod);
        boolean terminating = now.terminating() || random.nextInt(3) == 0;
        boolean serving = random.nextBoolean() && (now.serving() || !now.terminating());
        pods.put(pod, new Conditions(serving && !terminating, serving, terminating));
        List<Integer> holders = holders(pod);
        Collections.shuffle(holders, random);
        holders.forEach(this::write);
    }

    private void move(int pod) {
        Runnable half = halves.remove(pod);
        if (half != null) {
            half.run();
            return;
        }
        int to = random.nextInt(SLICES);
        List<Integer> from = holders(pod);
        from.remove((Integer) to);
        Runnable in = () -> place(to, pod);
        Runnable out = () -> from.forEach(slice -> displace(slice, pod));
        boolean first = random.nextBoolean();
        (first ? in : out).run();
        halves.put(pod, first ? out : in);
    }

    private void delete(int pod) {
        pods.remove(pod);
        halves.remove(pod);
        taken.remove(address(pod));
        holders(pod).forEach(slice -> displace(slice, pod));
    }

    private List<Integer> holders(int pod) {
        List<Integer> holders = new ArrayList<>();
        for (int slice = 0; slice < SLICES; slice++) {
            if (placed.get(slice).contains(pod)) {
                holders.add(slice);
            }
        }
        return holders;
    }

    private void place(int slice, int pod) {
        if (placed.get(slice).add(pod)) {
            write(slice);
        }
    }

    private void displace(int slice, int pod) {
        if (placed.get(slice).remove(pod)) {
            write(slice);
        }
    }

    private Conditions state(int pod) {
        return Objects.requireNonNull(pods.get(pod));
    }

    private void write(int number) {
        List<Endpoint> endpoints = placed.get(number).stream()
                .map(pod -> Endpoint.builder(address(pod), HTTP.number())
                        .conditions(state(pod))
                        .uid(uid(pod))
                        .build())
                .toList();
        Slice slice = new Slice("s" + number, IpFamily.IPV4, List.of(HTTP), endpoints);
        if (endpoints.isEmpty()) {
            written.remove(slice.name());
        } else {
            written.put(slice.name(), slice);
        }
        untold.add(slice);
    }
}
