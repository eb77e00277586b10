package io.serviceresolver;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.serviceresolver.endpoint.EndpointSet;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A user's listener takes a set while the event loop offers the next one. */
final class ListenerRaces {

    private static final EndpointSet FIRST = Sets.of(1);
    private static final EndpointSet NEXT = FIRST.next(Sets.of(1, 2).endpoints());

    private ListenerRaces() {}

    @JCStressTest
    @State
    @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "It has the newest in the end; the one before was skipped")
    @Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "It has had both, in their order")
    @Outcome(expect = FORBIDDEN, desc = "It misses the newest, or has it twice")
    public static class DrainOffer {

        private final Queue<Runnable> callbacks = new ConcurrentLinkedQueue<>();
        private final SetListener listener = new SetListener(this::take, callbacks::add);
        private int times;
        private int last;

        public DrainOffer() {
            listener.offer(FIRST);
        }

        private void take(EndpointSet set) {
            times++;
            last = set.size();
        }

        private void callBack() {
            Runnable task = callbacks.poll();
            if (task != null) {
                task.run();
            }
        }

        @Actor
        void callback() {
            callBack();
        }

        @Actor
        void loop() {
            listener.offer(NEXT);
        }

        @Arbiter
        void after(II_Result result) {
            callBack();
            result.r1 = last;
            result.r2 = times;
        }
    }
}
