package io.serviceresolver;

import static io.serviceresolver.Pods.pod;
import static io.serviceresolver.Pods.pods;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.balancer.Balancers;
import io.serviceresolver.call.Lease;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Conditions;
import io.serviceresolver.endpoint.Endpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Endpoints that are left alone because calls to them failed. */
class EjectionTest extends EngineTest {

    /** All endpoints are called alike. */
    @Override
    ServiceResolverBuilder configure(ServiceResolverBuilder builder) {
        return builder.balancer(Balancers.roundRobin());
    }

    private ServiceHandle skippy(int pods) {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(pods(pods)));
        return skippy;
    }

    /** Makes calls until each endpoint was called so often; those to a bad one fail. */
    private Set<Endpoint> call(ServiceHandle handle, int times, Endpoint bad, Outcome failure) {
        Set<Endpoint> called = new HashSet<>();
        for (int i = 0; i < times * handle.stats().known(); i++) {
            Lease lease = handle.acquire();
            called.add(lease.endpoint());
            lease.complete(lease.endpoint().equals(bad) ? failure : Outcome.SUCCESS);
            time.runDue();
        }
        return called;
    }

    @Test
    void leavesAnEndpointAloneAtOnceThatCannotBeConnectedTo() {
        ServiceHandle skippy = skippy(3);
        call(skippy, 1, pod(2), Outcome.CONNECT_FAILED);
        assertThat(skippy.stats().ejected()).isEqualTo(1);
        assertThat(skippy.stats().pickable()).isEqualTo(2);
        assertThat(call(skippy, 3, pod(2), Outcome.CONNECT_FAILED)).containsExactlyInAnyOrder(pod(1), pod(3));
        assertThat(skippy.stats().ejections()).isEqualTo(1);
        assertThat(skippy.endpoints().size()).isEqualTo(3);
    }

    @Test
    void triesItAgainAfterAWhileAndLetsOneCallDecide() {
        ServiceHandle skippy = skippy(3);
        call(skippy, 1, pod(2), Outcome.CONNECT_FAILED);
        time.advance(Duration.ofMillis(1_200));
        assertThat(skippy.stats().pickable()).isEqualTo(2);
        assertThat(call(skippy, 1, pod(2), Outcome.SERVER_ERROR)).hasSize(3);
        assertThat(call(skippy, 1, pod(2), Outcome.SERVER_ERROR)).hasSize(2);
        assertThat(skippy.stats().ejections()).isEqualTo(2);
        time.advance(Duration.ofSeconds(24));
        assertThat(call(skippy, 2, pod(9), Outcome.SUCCESS)).hasSize(3);
        assertThat(skippy.stats().pickable()).isEqualTo(3);
        time.advance(Duration.ofMinutes(1));
        assertThat(skippy.stats().ejections()).isEqualTo(2);
    }

    @Test
    void countsFailuresThroughAllHandlesOfAService() {
        ServiceHandle skippy = skippy(3);
        ServiceHandle part = skippy.subset("!canary");
        time.runDue();
        call(skippy, 3, pod(2), Outcome.IO_ERROR);
        assertThat(part.stats().ejected()).isZero();
        call(part, 2, pod(2), Outcome.IO_ERROR);
        assertThat(part.stats().pickable()).isEqualTo(2);
        assertThat(skippy.stats().pickable()).isEqualTo(2);
    }

    @Test
    void ejectsByTheShareOfFailuresInAnInterval() {
        ServiceHandle skippy = skippy(3);
        for (int i = 0; i < 20; i++) {
            call(skippy, 2, pod(2), Outcome.TIMEOUT);
            call(skippy, 1, pod(9), Outcome.SUCCESS);
        }
        assertThat(skippy.stats().ejected()).isZero();
        time.advance(Duration.ofSeconds(10));
        assertThat(skippy.stats().ejected()).isEqualTo(1);
    }

    @Test
    void ejectsTheOneThatIsSlowerThanTheOthers() {
        ServiceHandle skippy = skippy(3);
        for (int interval = 0; interval < 2; interval++) {
            for (int i = 0; i < 200; i++) {
                List<Lease> leases = new ArrayList<>(List.of(skippy.acquire(), skippy.acquire(), skippy.acquire()));
                time.advance(Duration.ofMillis(2));
                leases.stream()
                        .filter(lease -> !lease.endpoint().equals(pod(2)))
                        .forEach(Lease::success);
                time.advance(Duration.ofMillis(23));
                leases.forEach(Lease::success);
            }
            time.advance(Duration.ofSeconds(5));
        }
        assertThat(skippy.stats().ejected()).isEqualTo(1);
        assertThat(call(skippy, 2, pod(9), Outcome.SUCCESS)).doesNotContain(pod(2));
    }

    @Test
    void usesAllWhereTooFewWouldBeLeft() {
        ServiceHandle skippy = skippy(4);
        for (Endpoint bad : pods(4)) {
            call(skippy, 1, bad, Outcome.CONNECT_FAILED);
        }
        assertThat(skippy.stats().ejected()).as("half of them at most").isEqualTo(2);
        List<Endpoint> bad = Arrays.stream(pods(4))
                .filter(one -> !call(skippy, 2, pod(9), Outcome.SUCCESS).contains(one))
                .toList();
        say(() -> source.found(bad.toArray(Endpoint[]::new)));
        assertThat(skippy.stats().pickable())
                .as("those that were healthy are gone")
                .isEqualTo(2);
    }

    @Test
    void startsAnewWithANewPodAtTheSameAddress() {
        ServiceHandle skippy = skippy(3);
        call(skippy, 1, pod(2), Outcome.CONNECT_FAILED);
        Endpoint reborn = pod(2).toBuilder().uid("uid-new").build();
        say(() -> source.found(pod(1), reborn, pod(3)));
        assertThat(skippy.stats().pickable()).isEqualTo(3);
    }

    @Test
    void keepsAnEjectionAcrossUpdatesOfTheSet() {
        ServiceHandle skippy = skippy(3);
        call(skippy, 1, pod(2), Outcome.CONNECT_FAILED);
        say(() -> source.found(pods(4)));
        assertThat(skippy.stats().pickable()).isEqualTo(3);
    }

    @Test
    void letsAnEndpointBackThatWasNotReadyWhenItsTimeWasOver() {
        ServiceHandle skippy = skippy(3);
        call(skippy, 1, pod(2), Outcome.CONNECT_FAILED);
        say(() -> source.found(pod(1), pod(2, Conditions.NOT_READY), pod(3)));
        time.advance(Duration.ofSeconds(5));
        say(() -> source.found(pods(3)));
        call(skippy, 1, pod(9), Outcome.SUCCESS);
        assertThat(skippy.stats().ejected()).isZero();
        assertThat(skippy.stats().pickable()).isEqualTo(3);
    }

    @Test
    void letsAnEndpointBackThatWasGoneWhenACallToItFailed() {
        ServiceHandle skippy = skippy(3);
        List<Lease> leases = List.of(skippy.acquire(), skippy.acquire(), skippy.acquire());
        say(() -> source.found(pod(1), pod(3)));
        leases.stream()
                .filter(lease -> lease.endpoint().equals(pod(2)))
                .forEach(lease -> lease.complete(Outcome.CONNECT_FAILED));
        say(() -> source.found(pods(3)));
        time.advance(Duration.ofSeconds(5));
        call(skippy, 1, pod(9), Outcome.SUCCESS);
        assertThat(skippy.stats().pickable()).isEqualTo(3);
    }
}
