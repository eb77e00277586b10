package io.serviceresolver;

import static io.serviceresolver.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Endpoint;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Updates, calls, ejections and the end of a resolver, in the orders in which they can come. What holds is in {@link EngineWorld}. */
class InterleavingTest {

    private static final Endpoint V2 = pod(2, Map.of("ver", "v2"));

    @Test
    void updatesAndTheEndMeetACallInEachOrder() {
        assertThat(Interleavings.all(() -> {
                    EngineWorld world = new EngineWorld();
                    return world.actor(world.found(pod(1)), world.found(pod(2)))
                            .caller(Outcome.SUCCESS)
                            .closer();
                }))
                .isGreaterThan(100);
    }

    @Test
    void anEndpointThatComesAndGoesIsEjectedInEachOrder() {
        assertThat(Interleavings.all(() -> {
                    EngineWorld world = new EngineWorld().given(pod(1), pod(2));
                    return world.actor(world.found(pod(1)), world.found(pod(1), pod(2)))
                            .caller(Outcome.CONNECT_FAILED)
                            .caller(Outcome.CONNECT_FAILED);
                }))
                .isGreaterThan(1_000);
    }

    @Test
    void aPartIsOpenedAndCalledInEachOrder() {
        assertThat(Interleavings.all(() -> {
                    EngineWorld world = new EngineWorld().given(pod(1), V2);
                    return world.actor(world.found(pod(1)))
                            .partCaller("ver=v2", Outcome.SUCCESS)
                            .caller(Outcome.CONNECT_FAILED);
                }))
                .isGreaterThan(100);
    }

    @Test
    void aTrialMeetsCallsAndUpdatesInEachOrder() {
        assertThat(Interleavings.all(() -> {
                    EngineWorld world = new EngineWorld().given(pod(1), pod(2)).ejected(pod(2));
                    return world.actor(world.found(pod(1), pod(2), pod(3)))
                            .clock()
                            .caller(Outcome.CONNECT_FAILED)
                            .caller(Outcome.SUCCESS);
                }))
                .isGreaterThan(1_000);
    }

    @Test
    void allOfItMeetsInAThousandOrders() {
        Interleavings.random(
                () -> {
                    EngineWorld world = new EngineWorld();
                    return world.actor(world.found(pod(1), V2), world.found(), world.found(pod(1), V2, pod(3)))
                            .caller(Outcome.CONNECT_FAILED)
                            .caller(Outcome.SUCCESS)
                            .partCaller("ver=v2", Outcome.IO_ERROR)
                            .clock()
                            .closer();
                },
                1_000);
    }
}
