package io.serviceresolver.k8s;

import static io.serviceresolver.k8s.ChurnModel.address;
import static io.serviceresolver.k8s.ChurnModel.uid;

import io.serviceresolver.endpoint.Conditions;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.IpFamily;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * What a watch tells of a cluster in churn, and what is made of it. A watch can deliver this, and so does the test: the
 * writes to all slices in their order, each once or, where it is repeated, again at once; late and several together; and
 * a list in their place, which is never older than what was told before, as the server is asked for none older.
 */
class ChurnPropertyTest {

    private static final int RUNS = Integer.getInteger("churn.runs", 100_000);
    private static final int STEPS = 12;
    private static final int LIMBO = 1000;
    private static final List<IpFamily> FAMILIES = List.of(IpFamily.values());

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    /** What the one who watches has been told of a Pod. */
    private static final class Heard {

        /** What each slice says of it that has it. */
        final Map<String, Conditions> said = new TreeMap<>();

        /** What was said of it last, and when it was in no slice any more. */
        Conditions last = Conditions.GONE;

        long left;

        boolean isReady() {
            return said.isEmpty() ? last.equals(Conditions.READY) : said.containsValue(Conditions.READY);
        }

        boolean isTerminating() {
            return said.isEmpty() ? last.terminating() : said.values().stream().anyMatch(Conditions::terminating);
        }
    }

    /** One cluster and one who watches it. */
    private final class Run {

        final ChurnModel cluster = new ChurnModel(random);
        final SliceMerge merge = new SliceMerge(LIMBO);
        final Map<String, Slice> slices = new TreeMap<>();
        final Map<String, Heard> heard = new HashMap<>();
        long now = random.nextInt();
        long settled = now;

        void run() {
            for (int step = 0; step < STEPS; step++) {
                cluster.step();
                now += random.nextInt(LIMBO / 4);
                if (now - settled > LIMBO / 2) {
                    cluster.settle();
                    hearAll();
                } else if (random.nextInt(8) == 0) {
                    list();
                } else {
                    hear(random.nextInt(4));
                }
            }
            cluster.settle();
            hearAll();
            now += LIMBO;
            Map<String, Conditions> truth = new TreeMap<>();
            cluster.pods.forEach((pod, conditions) -> truth.put(address(pod) + uid(pod), conditions));
            Map<String, Conditions> union = new TreeMap<>();
            union().forEach(e -> union.put(e.address() + e.id().uid(), e.conditions()));
            check(union.equals(truth), "not what is true: " + truth, union);
            check(merge.nextDeparture(now).isEmpty(), "kept", union);
        }

        private void hearAll() {
            hear(cluster.untold.size());
            settled = now;
        }

        private void hear(int most) {
            for (int i = 0; i < most && !cluster.untold.isEmpty(); i++) {
                Slice slice = cluster.untold.remove();
                for (int times = 1 + random.nextInt(8) / 7; times > 0; times--) {
                    if (slice.endpoints().isEmpty()) {
                        slices.remove(slice.name());
                        merge.remove(slice.name(), now);
                    } else {
                        slices.put(slice.name(), slice);
                        merge.put(slice, now);
                    }
                }
                note();
                if (random.nextBoolean()) {
                    look();
                }
            }
            look();
        }

        private void list() {
            cluster.untold.clear();
            slices.clear();
            slices.putAll(cluster.written);
            List<Slice> list = new ArrayList<>(cluster.written.values());
            Collections.shuffle(list, random);
            merge.replaceAll(list, now);
            note();
            look();
        }

        private void note() {
            Map<String, Map<String, Conditions>> said = new HashMap<>();
            slices.values()
                    .forEach(slice -> slice.endpoints()
                            .forEach(e -> said.computeIfAbsent(String.valueOf(e.id().uid()), uid -> new TreeMap<>())
                                    .put(slice.name(), e.conditions())));
            said.keySet().forEach(uid -> heard.computeIfAbsent(uid, u -> new Heard()));
            heard.forEach((uid, pod) -> {
                boolean there = !pod.said.isEmpty();
                if (there) {
                    pod.last = conditions(pod);
                }
                pod.said.clear();
                pod.said.putAll(said.getOrDefault(uid, Map.of()));
                if (there && pod.said.isEmpty()) {
                    pod.left = now;
                }
            });
        }

        private Conditions conditions(Heard pod) {
            return pod.isTerminating() ? Conditions.GONE : pod.isReady() ? Conditions.READY : Conditions.NOT_READY;
        }

        private void look() {
            List<Endpoint> union = union();
            Set<String> addresses = new HashSet<>();
            Set<String> uids = new HashSet<>();
            for (Endpoint endpoint : union) {
                check(addresses.add(endpoint.address()), "an address twice", union);
                String uid = String.valueOf(endpoint.id().uid());
                check(uids.add(uid), "a Pod twice", union);
                Heard pod = Objects.requireNonNull(heard.get(uid));
                check(!endpoint.conditions().ready() || pod.isReady(), "ready, though none says so: " + uid, union);
                check(
                        endpoint.conditions().terminating() || !pod.isTerminating(),
                        "not terminating, though one says so: " + uid,
                        union);
                check(!pod.said.isEmpty() || now - pod.left < LIMBO, "kept for too long: " + uid, union);
            }
            heard.forEach((uid, pod) ->
                    check(pod.said.isEmpty() || addresses.contains(address(number(uid))), "missing: " + uid, union));
            cluster.pods.keySet().forEach(pod -> {
                Heard known = heard.get(uid(pod));
                check(
                        known == null || !known.isReady() || addresses.contains(address(pod)),
                        "exists, but is missing: " + uid(pod),
                        union);
            });
        }

        private List<Endpoint> union() {
            return merge.union(PortChoice.named("http"), FAMILIES, now);
        }
    }

    private static int number(String uid) {
        return Integer.parseInt(uid.substring(1));
    }

    private void check(boolean holds, String problem, Object state) {
        if (!holds) {
            throw new AssertionError("seed " + seed + ": " + problem + ": " + state);
        }
    }

    @Test
    void losesNobodyKeepsNobodyAndConverges() {
        for (int run = 0; run < RUNS; run++) {
            new Run().run();
        }
    }
}
