package io.serviceresolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.ServiceState.Status;
import io.serviceresolver.endpoint.Endpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The one line that a newcomer types, with nothing on the class path but core and the environment variables that the
 * build gives to this JVM, as a kubelet would.
 */
class SharedResolverTest {

    @AfterEach
    void close() {
        ServiceResolver.shared().close();
    }

    @Test
    void resolvesFromTheEnvironmentOfTheProcess() {
        assertThat(ServiceResolver.resolve("skippy")).isEqualTo(Endpoint.of("10.96.0.10", 80));
        ServiceHandle skippy = ServiceResolver.shared().service("skippy");
        EngineTest.await("the event loop says so, too", () -> skippy.state().status() == Status.LIVE);
    }

    @Test
    void saysWhatEachSourceAnswered() {
        assertThatThrownBy(() -> ServiceResolver.resolve("nobody"))
                .isInstanceOf(NoEndpointsException.class)
                .hasMessage("nobody.shield: no endpoints (environment: NOBODY_SERVICE_HOST is not set)");
    }

    @Test
    void isTheSameForAllUntilItIsClosedAndThenANewOne() {
        ServiceResolver shared = ServiceResolver.shared();
        assertThat(ServiceResolver.shared()).isSameAs(shared);
        shared.close();
        assertThat(ServiceResolver.shared()).isNotSameAs(shared);
        assertThat(ServiceResolver.resolve("skippy").address()).isEqualTo("10.96.0.10");
    }

    @Test
    void learnsItsNamespaceFromTheProcess() {
        assertThat(ServiceResolver.shared().cluster().namespace()).isEqualTo("shield");
    }
}
