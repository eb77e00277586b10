package io.serviceresolver.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Random lines of sets, some of which branch, against a map that is compared the slow way. */
class EndpointSetPropertyTest {

    private static final long SEED = 20261121;
    private static final int STEPS = 100_000;
    private static final int REMEMBERED = 8;

    private final SplittableRandom random = new SplittableRandom(SEED);

    /** A set, and what should be in it. */
    private record Step(EndpointSet set, Map<EndpointId, Endpoint> model) {}

    @Test
    void followsTheModel() {
        List<Step> steps = new ArrayList<>();
        steps.add(new Step(EndpointSet.EMPTY, Map.of()));
        for (int i = 0; i < STEPS; i++) {
            Step before = steps.get(random.nextInt(3) == 0 ? random.nextInt(steps.size()) : steps.size() - 1);
            Step other = steps.get(random.nextInt(steps.size()));
            List<Endpoint> endpoints = endpoints(before);
            Step after = new Step(before.set.next(endpoints), model(endpoints));
            String message = "seed " + SEED + ", step " + i;
            checkContents(message, before, after);
            checkChanges(message, before, after, after.set.changesSince(before.set));
            checkChanges(message, other, after, after.set.changesSince(other.set));
            checkChanges(message, after, other, other.set.changesSince(after.set));
            if (after.set != before.set) {
                steps.add(after);
            }
            if (steps.size() > REMEMBERED) {
                steps.remove(0);
            }
        }
    }

    /** Sometimes all new, mostly what there was with some of it changed, repeated or left out. */
    private List<Endpoint> endpoints(Step before) {
        List<Endpoint> endpoints = new ArrayList<>();
        if (random.nextInt(4) != 0) {
            before.set.endpoints().stream()
                    .filter(endpoint -> random.nextInt(6) != 0)
                    .map(endpoint -> endpoint.toBuilder().build())
                    .forEach(endpoints::add);
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            endpoints.add(random.nextInt(endpoints.size() + 1), endpoint());
        }
        return endpoints;
    }

    private Endpoint endpoint() {
        Endpoint.Builder builder = Endpoint.builder("10.0.0." + (1 + random.nextInt(6)), 80 + random.nextInt(2));
        return builder.uid(random.nextInt(3) == 0 ? null : "uid-" + random.nextInt(2))
                .conditions(random.nextBoolean() ? Conditions.READY : Conditions.DRAINING)
                .build();
    }

    private static Map<EndpointId, Endpoint> model(List<Endpoint> endpoints) {
        Map<EndpointId, Endpoint> model = new LinkedHashMap<>();
        endpoints.forEach(endpoint -> model.put(endpoint.id(), endpoint));
        return model;
    }

    private static void checkContents(String message, Step before, Step after) {
        assertThat(after.set.endpoints()).as(message).containsExactlyInAnyOrderElementsOf(after.model.values());
        boolean same = before.model.equals(after.model);
        assertThat(after.set == before.set).as(message).isEqualTo(same);
        if (!same) {
            assertThat(after.set.endpoints()).as(message).containsExactlyElementsOf(after.model.values());
            assertThat(after.set.version()).as(message).isEqualTo(before.set.version() + 1);
            assertThat(after.set.changesSince(before.set)).as(message).isSameAs(after.set.changes());
        }
        for (Endpoint endpoint : after.set.endpoints()) {
            Endpoint earlier = before.set.find(endpoint.id()).orElse(endpoint);
            if (endpoint.equals(earlier)) {
                assertThat(endpoint).as(message).isSameAs(earlier);
            }
            assertThat(after.set.find(endpoint.id()).orElseThrow()).as(message).isSameAs(endpoint);
        }
    }

    private static void checkChanges(String message, Step from, Step to, Changes changes) {
        assertThat(changes.added())
                .as(message)
                .containsExactlyInAnyOrderElementsOf(to.model.values().stream()
                        .filter(e -> !from.model.containsKey(e.id()))
                        .toList());
        assertThat(changes.removed())
                .as(message)
                .containsExactlyInAnyOrderElementsOf(from.model.values().stream()
                        .filter(e -> !to.model.containsKey(e.id()))
                        .toList());
        assertThat(changes.updated())
                .as(message)
                .containsExactlyInAnyOrderElementsOf(to.model.values().stream()
                        .filter(e -> from.model.containsKey(e.id()) && !e.equals(from.model.get(e.id())))
                        .toList());
    }
}
