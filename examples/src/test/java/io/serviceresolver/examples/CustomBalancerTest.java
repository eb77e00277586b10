package io.serviceresolver.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.ServiceHandle;
import io.serviceresolver.ServiceResolver;
import io.serviceresolver.call.Lease;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.health.OutlierPolicy;
import io.serviceresolver.source.StaticSource;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CustomBalancerTest {

    private static final Endpoint FIRST = Endpoint.of("10.0.0.1", 80);
    private static final Endpoint SECOND = Endpoint.of("10.0.0.2", 80);

    @Test
    void callsTheFirstPodUntilItIsGoneAndThenTheNext() throws InterruptedException {
        StaticSource source = StaticSource.of("skippy", SECOND, FIRST);
        try (ServiceResolver resolver = ServiceResolver.builder()
                .source(source)
                .balancer(random -> new CustomBalancer())
                .build()) {
            ServiceHandle skippy = resolver.service("skippy");
            skippy.awaitReady(Duration.ofSeconds(30));
            assertThat(skippy.resolve()).isEqualTo(FIRST);
            assertThat(skippy.resolve()).isEqualTo(FIRST);
            CountDownLatch gone = new CountDownLatch(1);
            skippy.addListener(set -> {
                if (set.size() == 1) {
                    gone.countDown();
                }
            });
            source.set("skippy", SECOND);
            assertThat(gone.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(skippy.resolve()).isEqualTo(SECOND);
        }
    }

    @Test
    void learnsFromCallsWhichPodFails() {
        StaticSource source = StaticSource.of("skippy", FIRST, SECOND);
        try (ServiceResolver resolver = ServiceResolver.builder()
                .source(source)
                .balancer(context -> new SecondChanceBalancer(context.random()))
                .outliers(OutlierPolicy.never())
                .build()) {
            ServiceHandle skippy = resolver.service("skippy");
            skippy.awaitReady(Duration.ofSeconds(30));
            int failed = 0;
            for (int i = 0; i < 1_000; i++) {
                try (Lease lease = skippy.acquire()) {
                    boolean fails = lease.endpoint().equals(FIRST);
                    failed += fails ? 1 : 0;
                    lease.complete(fails ? Outcome.IO_ERROR : Outcome.SUCCESS);
                }
            }
            // A quarter: where both draws find it.
            assertThat(failed).isBetween(150, 350);
        }
    }
}
