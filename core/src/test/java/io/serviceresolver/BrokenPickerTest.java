package io.serviceresolver;

import static io.serviceresolver.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** A picker of the user's that always fails. */
class BrokenPickerTest extends EngineTest {

    @Override
    ServiceResolverBuilder configure(ServiceResolverBuilder builder) {
        return builder.balancer(context -> candidates -> () -> {
            throw new IllegalStateException("the test said so");
        });
    }

    @Test
    void failsTheFutureAndThrowsWhereThereIsNone() {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(pod(1)));
        assertThat(skippy.resolveAsync()).isCompletedExceptionally();
        assertThat(skippy.acquireAsync()).isCompletedExceptionally();
        assertThat(skippy.acquireAsync("key")).isCompletedExceptionally();
        assertThatThrownBy(skippy::resolve).hasMessage("the test said so");
        assertThat(skippy.stats().inFlight()).isZero();
    }
}
