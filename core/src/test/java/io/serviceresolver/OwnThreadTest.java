package io.serviceresolver;

import static io.serviceresolver.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.endpoint.ClusterContext;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What would block the thread of a resolver, which alone could end the wait. */
class OwnThreadTest extends EngineTest {

    private final CompletableFuture<Throwable> refused = new CompletableFuture<>();
    private final ServiceResolver real = ServiceResolver.builder()
            .source(source)
            .cluster(new ClusterContext("shield", "cluster.local"))
            .firstAnswerTimeout(PATIENCE)
            .build();

    @AfterEach
    void closeReal() {
        real.close();
    }

    private void tellOfRefusal(Runnable waits) {
        try {
            waits.run();
            refused.complete(new AssertionError("it was not refused"));
        } catch (RuntimeException e) {
            refused.complete(e);
            throw e;
        }
    }

    private void assertRefusedAndGoesOn() throws Exception {
        CompletableFuture<?> pick = real.service("skippy").resolveAsync();
        assertThat(refused.get(30, TimeUnit.SECONDS))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("skippy.shield: waited for by the resolver's own thread (expected: another thread, or a"
                        + " method that does not block, such as resolveAsync)");
        source.found(pod(1));
        assertThat(get(pick)).isEqualTo(pod(1));
    }

    @Test
    void refusesAListenerThatWaitsForItsService() throws Exception {
        real.addListener(new ResolverListener() {
            @Override
            public void serviceAdded(ServiceHandle service) {
                tellOfRefusal(() -> service.awaitReady(Duration.ofDays(1)));
            }

            @Override
            public void serviceRemoved(ServiceHandle service) {}
        });
        assertRefusedAndGoesOn();
    }

    @Test
    void refusesAListenerThatResolves() throws Exception {
        real.addListener(new ResolverListener() {
            @Override
            public void serviceAdded(ServiceHandle service) {
                tellOfRefusal(service::resolve);
            }

            @Override
            public void serviceRemoved(ServiceHandle service) {}
        });
        assertRefusedAndGoesOn();
    }
}
