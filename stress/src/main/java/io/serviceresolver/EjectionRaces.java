package io.serviceresolver;

import static io.serviceresolver.call.Outcome.CONNECT_FAILED;
import static io.serviceresolver.call.Outcome.IO_ERROR;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.serviceresolver.call.Lease;
import io.serviceresolver.endpoint.Endpoint;
import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.IZ_Result;

/** Calls fail while the event loop ejects their endpoint, or lets it back. */
final class EjectionRaces {

    private static final Endpoint FIRST = Sets.pod(1);

    /** Longer than the first ejection. */
    private static final Duration REST = Duration.ofMillis(1_500);

    private EjectionRaces() {}

    private static boolean isEjected(Engine engine) {
        return engine.host(FIRST).health().isEjected();
    }

    @JCStressTest
    @State
    @Outcome(
            id = "2, 1, 0",
            expect = ACCEPTABLE,
            desc = "One ejection, of which the picker knows, and nothing in flight")
    @Outcome(expect = FORBIDDEN, desc = "None, or two, or a call is left")
    public static class FailFail {

        private final Engine engine = new Engine(1, 2, 3);
        private final Lease one = engine.call(FIRST);
        private final Lease other = engine.call(FIRST);

        @Actor
        void fails() {
            one.complete(CONNECT_FAILED);
        }

        @Actor
        void failsToo() {
            other.complete(CONNECT_FAILED);
        }

        @Arbiter
        void after(III_Result result) {
            engine.run();
            result.r1 = engine.skippy.pickable().size();
            result.r2 = (int) engine.skippy.stats().ejections();
            result.r3 = engine.host(FIRST).inFlight();
        }
    }

    @JCStressTest
    @State
    @Outcome(
            id = {"3, false", "3, true", "2, true"},
            expect = ACCEPTABLE,
            desc = "Who is left out is known to be ejected")
    @Outcome(expect = FORBIDDEN, desc = "A Pod is left out of which nobody knows why")
    public static class EjectSee {

        private final Engine engine = new Engine(1, 2, 3);
        private final Host first = engine.host(FIRST);

        public EjectSee() {
            engine.cannotConnect(FIRST);
        }

        @Actor
        void loop() {
            engine.run();
        }

        @Actor
        void caller(IZ_Result result) {
            ServiceView skippy = engine.skippy;
            PublicationRaces.lookFor(() -> skippy.pickable().size() < 3);
            result.r1 = skippy.pickable().size();
            result.r2 = first.health().isEjected();
        }
    }

    @JCStressTest
    @State
    @Outcome(id = "3, false", expect = ACCEPTABLE, desc = "The failure came before it was let back")
    @Outcome(id = "2, true", expect = ACCEPTABLE, desc = "It came afterwards, and decided")
    @Outcome(expect = FORBIDDEN, desc = "The picker and the verdict are not of one mind")
    public static class ReleaseFail {

        private final Engine engine = new Engine(1, 2, 3);
        private final Lease late = engine.call(FIRST);

        public ReleaseFail() {
            engine.cannotConnect(FIRST);
            engine.run();
        }

        @Actor
        void loop() {
            engine.run(REST);
        }

        @Actor
        void fails() {
            late.complete(IO_ERROR);
        }

        @Arbiter
        void after(IZ_Result result) {
            engine.run();
            result.r1 = engine.skippy.pickable().size();
            result.r2 = isEjected(engine);
        }
    }
}
