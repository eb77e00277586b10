package io.serviceresolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.call.CallOptions;
import io.serviceresolver.call.RetryPolicy;
import io.serviceresolver.endpoint.ClusterContext;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.endpoint.ServicePort;
import io.serviceresolver.source.StaticSource;
import io.serviceresolver.testkit.VirtualTime;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the handles of one Service have in common whose ports are named in different ways. */
class PortNamesTest {

    private static final CallOptions IDEMPOTENT = CallOptions.DEFAULT.idempotent();

    private final VirtualTime time = new VirtualTime();
    private final ServiceResolver resolver = ServiceResolver.builder()
            .source(StaticSource.of("skippy", Pods.pods(3)).set("other", Pods.pods(3)))
            .cluster(new ClusterContext("shield", "cluster.local"))
            .retries(RetryPolicy.standard().withBackoff(Duration.ZERO, Duration.ofMillis(250)))
            .time(time::nanoTime, time)
            .build();

    private final AtomicInteger attempts = new AtomicInteger();

    @AfterEach
    void close() {
        resolver.close();
        time.runDue();
    }

    private ServiceHandle follow(String name) {
        ServiceHandle handle = resolver.service(name);
        time.runDue();
        return handle;
    }

    /** The service as the HTTP client means it. */
    private ServiceHandle followByScheme() {
        ServiceHandle handle = resolver.service(new ServiceName("skippy", "shield", ServicePort.forScheme("http")));
        time.runDue();
        return handle;
    }

    /** Makes 100 calls that fail: how many more attempts there were than calls. */
    private int retriesOfCallsThatFail(ServiceHandle handle) {
        attempts.set(0);
        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(() -> handle.call(IDEMPOTENT, endpoint -> {
                        attempts.incrementAndGet();
                        throw new IOException("reset");
                    }))
                    .hasMessage("reset");
        }
        return attempts.get() - 100;
    }

    @Test
    void oneBudgetOfRetriesIsForAll() {
        ServiceHandle first = follow("skippy:80");
        ServiceHandle second = followByScheme();
        assertThat(retriesOfCallsThatFail(first)).isEqualTo(10);
        assertThat(retriesOfCallsThatFail(second)).isZero();
        assertThat(retriesOfCallsThatFail(follow("other")))
                .as("another Service")
                .isEqualTo(10);
        assertThat(first.stats().retries()).isEqualTo(10);
        assertThat(second.stats().retries()).isZero();
        assertThat(second.stats().retriesRefused()).isPositive();
    }

    @Test
    void callsThatGoWellByOneNameEarnRetriesForAll() throws Exception {
        ServiceHandle first = follow("skippy:80");
        ServiceHandle second = followByScheme();
        retriesOfCallsThatFail(second);
        for (int i = 0; i < 25; i++) {
            first.call(IDEMPOTENT, endpoint -> "ok");
        }
        assertThat(retriesOfCallsThatFail(second)).isEqualTo(5);
    }

    @Test
    void explainTellsOfCallsThatAreCountedApart() throws Exception {
        ServiceHandle whole = follow("skippy");
        ServiceHandle http = followByScheme();
        follow("other").acquire();
        assertThat(ExplainTest.explain(whole, time).notes())
                .containsExactly(
                        "calls to skippy.shield:(http) are counted apart: 0 ended, 0 in flight, 0 endpoints left alone");
        http.acquire();
        http.call(endpoint -> {
            if (attempts.getAndIncrement() == 0) {
                throw new ConnectException("refused");
            }
            return "ok";
        });
        time.runDue();
        assertThat(ExplainTest.explain(whole, time).notes())
                .containsExactly(
                        "calls to skippy.shield:(http) are counted apart: 2 ended, 1 in flight, 1 endpoints left alone");
        assertThat(ExplainTest.explain(http, time).notes())
                .containsExactly(
                        "calls to skippy.shield are counted apart: 0 ended, 0 in flight, 0 endpoints left alone");
    }
}
