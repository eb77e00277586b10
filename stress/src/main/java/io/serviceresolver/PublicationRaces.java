package io.serviceresolver;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.serviceresolver.balancer.Balancers;
import io.serviceresolver.balancer.Picker;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.EndpointSet;
import io.serviceresolver.selector.LabelSelector;
import java.util.function.BooleanSupplier;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Mode;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.Signal;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.ZZZ_Result;

/** The event loop publishes a set while a caller picks. */
final class PublicationRaces {

    private static final EndpointSet BEFORE = Sets.of(1);
    private static final EndpointSet AFTER = BEFORE.next(Sets.of(2).endpoints());
    private static final Endpoint SECOND = Sets.pod(2);

    /** Longer than it takes to publish a set. */
    private static final int LOOKS = 20_000;

    private PublicationRaces() {}

    /** Looks until there is something to see, for a while: what comes next is then seen at the very moment. */
    static void lookFor(BooleanSupplier change) {
        int looks = 0;
        while (!change.getAsBoolean() && looks < LOOKS) {
            looks++;
        }
    }

    private static int number(Endpoint picked) {
        return picked.equals(SECOND) ? 2 : 1;
    }

    /** A handle, and the service behind it. */
    abstract static class Published {

        private final BareService service = new BareService(Balancers.roundRobin(), EndpointSet.EMPTY);
        final ServiceView view;

        Published(LabelSelector part) {
            view = service.view(part);
        }

        void publish(EndpointSet set) {
            service.publish(view, set);
        }
    }

    /** Nothing is known. */
    abstract static class First extends Published {

        First() {
            super(LabelSelector.everything());
        }
    }

    /** One Pod is about to be replaced by another. */
    abstract static class Next extends First {

        Next() {
            publish(BEFORE);
        }
    }

    @JCStressTest
    @State
    @Outcome(id = "0, [01], 0", expect = ACCEPTABLE, desc = "There is no picker yet")
    @Outcome(id = "2, 1, 0", expect = ACCEPTABLE, desc = "The picker has a whole host, and the handle says that it has")
    @Outcome(expect = FORBIDDEN, desc = "The picker is there before what it picks from, or has half a host")
    public static class FirstSetPick extends First {

        @Actor
        void loop() {
            publish(AFTER);
        }

        @Actor
        void caller(III_Result result) {
            lookFor(() -> view.picker() != null);
            Picker picker = view.picker();
            result.r2 = view.pickable().size();
            result.r1 = picker == null ? 0 : number(picker.pick().endpoint());
            result.r3 = picker == null ? 0 : picker.pick().inFlight();
        }
    }

    @JCStressTest
    @State
    @Outcome(
            id = {"1, 1", "1, 2", "2, 2"},
            expect = ACCEPTABLE,
            desc = "Before, between or after")
    @Outcome(expect = FORBIDDEN, desc = "Back to the set before")
    public static class NextSetPickPick extends Next {

        @Actor
        void loop() {
            publish(AFTER);
        }

        @Actor
        void caller(II_Result result) {
            Picker first = view.picker();
            lookFor(() -> view.picker() != first);
            result.r1 = number(view.resolve());
            result.r2 = number(view.resolve());
        }
    }

    @JCStressTest
    @State
    @Outcome(
            id = {"1, 1", "1, 2", "2, 2"},
            expect = ACCEPTABLE,
            desc = "The set that can be seen can be picked from")
    @Outcome(expect = FORBIDDEN, desc = "The new set was to be seen while the old one was picked from")
    public static class NextSetSeePick extends Next {

        @Actor
        void loop() {
            publish(AFTER);
        }

        @Actor
        void caller(II_Result result) {
            EndpointSet first = view.endpoints();
            lookFor(() -> view.endpoints() != first);
            result.r1 = number(view.endpoints().endpoints().get(0));
            result.r2 = number(view.resolve());
        }
    }

    /** A handle of a part hears of a set that was there before it. */
    @JCStressTest
    @State
    @Outcome(
            id = {"false, false, false", "false, true, false", "true, true, false"},
            expect = ACCEPTABLE,
            desc = "What says that it knows the set can be picked from")
    @Outcome(
            expect = FORBIDDEN,
            desc = "It says that it knows, and has nothing, so that a call fails that has only to wait")
    public static class PartBegins extends Published {

        public PartBegins() {
            super(LabelSelector.parse("!kubernetes.io/hostname"));
        }

        @Actor
        void loop() {
            publish(AFTER);
        }

        @Actor
        void caller(ZZZ_Result result) {
            lookFor(view::isCurrent);
            result.r1 = view.isCurrent();
            result.r2 = view.picker() != null;
            result.r3 = view.feed().failsFast(view);
        }
    }

    @JCStressTest(Mode.Termination)
    @State
    @Outcome(id = "TERMINATED", expect = ACCEPTABLE, desc = "A caller sees the picker in the end")
    @Outcome(id = "STALE", expect = FORBIDDEN, desc = "It never does")
    public static class PickerIsSeen extends First {

        @Actor
        void caller() {
            while (view.picker() == null) {
                // Nothing here that makes the compiler read again.
            }
        }

        @Signal
        void loop() {
            publish(AFTER);
        }
    }
}
