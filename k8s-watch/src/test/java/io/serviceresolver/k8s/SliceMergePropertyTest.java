package io.serviceresolver.k8s;

import io.serviceresolver.endpoint.Conditions;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.EndpointId;
import io.serviceresolver.endpoint.IpFamily;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whatever happens to a few slices, in whatever order it is heard of. */
class SliceMergePropertyTest {

    private static final int RUNS = 100_000;
    private static final int CONTROLLER_RUNS = 20_000;
    private static final long LIMBO = 1000;
    private static final SlicePort HTTP = new SlicePort("http", 80, null);
    private static final List<IpFamily> FAMILIES = List.of(IpFamily.values());
    private static final Conditions[] CONDITIONS = {
        Conditions.READY, Conditions.READY, Conditions.NOT_READY, Conditions.DRAINING, Conditions.GONE
    };

    private static void check(boolean holds, long seed, int run, String problem, Object state) {
        if (!holds) {
            throw new AssertionError("seed " + seed + " run " + run + ": " + problem + ": " + state);
        }
    }

    private static Slice slice(String name, List<Endpoint> endpoints) {
        return new Slice(name, IpFamily.IPV4, List.of(HTTP), endpoints);
    }

    private static Endpoint endpoint(int address, int pod, Conditions conditions) {
        return Endpoint.builder("10.0.0." + address, HTTP.number())
                .conditions(conditions)
                .uid("u" + pod)
                .podName("p" + pod)
                .build();
    }

    private static List<Endpoint> union(SliceMerge merge, long now) {
        return merge.union(PortChoice.named("http"), FAMILIES, now);
    }

    /** Any slices at all: with duplicates, contradictions and addresses that are used again. */
    @Test
    void isNeverTwofoldAndConvergesToWhatTheSlicesSay() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int run = 0; run < RUNS; run++) {
            SliceMerge merge = new SliceMerge(LIMBO);
            Map<String, Slice> model = new TreeMap<>();
            long now = random.nextLong();
            int steps = 1 + random.nextInt(8);
            for (int step = 0; step < steps; step++) {
                now += random.nextInt(600);
                change(random, merge, model, now);
                List<Endpoint> union = union(merge, now);
                List<String> shown = union.stream().map(Endpoint::address).toList();
                check(new HashSet<>(shown).size() == shown.size(), seed, run, "twofold", union);
                check(shown.containsAll(addresses(model)), seed, run, "incomplete", union);
            }
            Map<String, Integer> expected = ranks(model);
            Map<String, Integer> actual = new HashMap<>();
            union(merge, now + LIMBO).forEach(e -> actual.put(e.address(), rank(e.conditions())));
            check(actual.equals(expected), seed, run, "not converged", actual);
            check(merge.isEmpty(now + LIMBO) == model.isEmpty(), seed, run, "not empty", model);
        }
    }

    private static void change(Random random, SliceMerge merge, Map<String, Slice> model, long now) {
        String name = "s" + random.nextInt(4);
        int kind = random.nextInt(10);
        if (kind < 7) {
            List<Endpoint> endpoints = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                endpoints.add(
                        endpoint(random.nextInt(5), random.nextInt(6), CONDITIONS[random.nextInt(CONDITIONS.length)]));
            }
            model.put(name, slice(name, endpoints));
            merge.put(model.get(name), now);
        } else if (kind < 9) {
            model.remove(name);
            merge.remove(name, now);
        } else {
            model.remove(name);
            List<Slice> list = new ArrayList<>(model.values());
            Collections.shuffle(list, random);
            merge.replaceAll(list, now);
        }
    }

    private static Set<String> addresses(Map<String, Slice> model) {
        return model.values().stream()
                .flatMap(slice -> slice.endpoints().stream())
                .map(Endpoint::address)
                .collect(Collectors.toSet());
    }

    private static Map<String, Integer> ranks(Map<String, Slice> model) {
        Map<String, Integer> ranks = new HashMap<>();
        Set<EndpointId> ending = new HashSet<>();
        model.values()
                .forEach(slice -> slice.endpoints().stream()
                        .filter(e -> e.conditions().terminating())
                        .forEach(e -> ending.add(Slice.key(e))));
        model.values()
                .forEach(slice -> slice.endpoints()
                        .forEach(e -> ranks.merge(
                                e.address(), ending.contains(Slice.key(e)) ? 0 : rank(e.conditions()), Math::max)));
        return ranks;
    }

    private static int rank(Conditions conditions) {
        return conditions.terminating() ? 0 : conditions.ready() ? 2 : 1;
    }

    /** What a controller does: each Pod is in one slice, but moves, by two writes that are seen in any order. */
    @Test
    void neverLosesAPodThatMovesAndKeepsNoneThatLeft() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int run = 0; run < CONTROLLER_RUNS; run++) {
            SliceMerge merge = new SliceMerge(LIMBO);
            Map<Integer, Integer> placed = new LinkedHashMap<>();
            int pods = 1 + random.nextInt(4);
            for (int pod = 0; pod < pods; pod++) {
                placed.put(pod, random.nextInt(3));
            }
            Map<Integer, Integer> seen = new HashMap<>(placed);
            long now = 0;
            for (int slice = 0; slice < 3; slice++) {
                write(merge, slice, seen, now);
            }
            for (int move = random.nextInt(6); move > 0; move--) {
                int pod = random.nextInt(pods);
                int from = Objects.requireNonNull(placed.get(pod));
                int to = random.nextInt(3);
                placed.put(pod, to);
                List<Integer> order = new ArrayList<>(List.of(from, to));
                Collections.shuffle(order, random);
                for (int slice : order) {
                    now += random.nextInt((int) LIMBO);
                    write(merge, slice, placed, now);
                    Set<String> uids = new HashSet<>();
                    union(merge, now).forEach(e -> uids.add(String.valueOf(e.id().uid())));
                    check(uids.size() == pods, seed, run, "a Pod is missing", uids);
                    check(union(merge, now).size() == pods, seed, run, "twofold", uids);
                }
            }
            placed.remove(0);
            for (int slice = 0; slice < 3; slice++) {
                write(merge, slice, placed, now);
            }
            check(union(merge, now + LIMBO).size() == pods - 1, seed, run, "a Pod stayed", placed);
        }
    }

    private static void write(SliceMerge merge, int number, Map<Integer, Integer> placed, long now) {
        List<Endpoint> endpoints = new ArrayList<>();
        placed.forEach((pod, slice) -> {
            if (slice == number) {
                endpoints.add(endpoint(pod, pod, Conditions.READY));
            }
        });
        merge.put(slice("s" + number, endpoints), now);
    }
}
