package io.serviceresolver;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.serviceresolver.balancer.Balancers;
import io.serviceresolver.balancer.Picker;
import io.serviceresolver.endpoint.EndpointSet;
import java.util.Set;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Session affinity. */
final class AffinityRaces {

    private static final EndpointSet BOTH = Sets.of(1, 2);

    private AffinityRaces() {}

    @JCStressTest
    @State
    @Outcome(
            id = {"0, 0", "1, 1"},
            expect = ACCEPTABLE,
            desc = "Both go where the first one went")
    @Outcome(expect = FORBIDDEN, desc = "Each goes its own way")
    public static class FirstPicks {

        private final BareService service = new BareService(Balancers.roundRobin(), BOTH);
        private final Picker picker = new StickyPicker(
                service.update(BOTH), Set.of(service.host(0), service.host(1)), new Affinity(), () -> 0, 1_000);

        @Actor
        void one(II_Result result) {
            result.r1 = picker.pick().index();
        }

        @Actor
        void other(II_Result result) {
            result.r2 = picker.pick().index();
        }
    }
}
