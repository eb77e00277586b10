package io.serviceresolver;

import static io.serviceresolver.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.ServiceState.Status;
import io.serviceresolver.endpoint.ClusterContext;
import io.serviceresolver.endpoint.Conditions;
import io.serviceresolver.testkit.VirtualTime;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long what a source knew is kept to while another source may know better. */
class StaleLimitTest {

    private static final Duration LIMIT = Duration.ofMinutes(20);
    private static final Duration SHORTLY = Duration.ofNanos(1);

    private final VirtualTime time = new VirtualTime();
    private final ScriptedSource watch = new ScriptedSource("watch");
    private final ScriptedSource dns = new ScriptedSource("dns");
    private final ScriptedSource environment = new ScriptedSource("environment");
    private ServiceResolver resolver = resolver(builder -> builder.staleLimit(LIMIT));
    private ServiceHandle skippy = resolver.service("skippy");

    private ServiceResolver resolver(UnaryOperator<ServiceResolverBuilder> settings) {
        return settings.apply(ServiceResolver.builder()
                        .source(watch)
                        .fallback(dns)
                        .fallback(environment)
                        .idleTimeout(Duration.ofDays(1_000))
                        .cluster(new ClusterContext("shield", "cluster.local"))
                        .time(time::nanoTime, time))
                .build();
    }

    private void restart(UnaryOperator<ServiceResolverBuilder> settings) {
        resolver.close();
        time.runDue();
        resolver = resolver(settings);
        skippy = resolver.service("skippy");
        time.runDue();
    }

    @BeforeEach
    void follow() {
        time.runDue();
    }

    @AfterEach
    void close() {
        resolver.close();
        time.runDue();
    }

    private void say(Runnable what) {
        what.run();
        time.runDue();
    }

    private void becomesStale() {
        say(() -> watch.found(pod(1)));
        say(() -> watch.unavailable("connection refused"));
    }

    private void assertState(Status status, String source) {
        assertThat(skippy.state().status()).isEqualTo(status);
        assertThat(skippy.state().source()).contains(source);
    }

    @Test
    void anotherSourceIsAskedWhenTheLimitIsOverAndPreferredWhereItHasSomethingToCall() {
        becomesStale();
        time.advance(LIMIT.minus(SHORTLY));
        assertThat(dns.isAsked()).isFalse();
        time.advance(SHORTLY);
        assertThat(dns.isAsked()).isTrue();
        assertThat(skippy.resolve()).isEqualTo(pod(1));
        assertState(Status.STALE, "watch");
        say(() -> dns.found(pod(2)));
        assertThat(skippy.resolve()).isEqualTo(pod(2));
        assertState(Status.FALLBACK, "dns");
        assertThat(skippy.state().detail())
                .startsWith("watch: connection refused, its last set of 1 serves where no other source has any; dns: ");
        assertThat(environment.isAsked()).isFalse();
    }

    @Test
    void whoHasNothingBetterIsNotPreferred() {
        becomesStale();
        time.advance(LIMIT);
        say(() -> dns.absent("NXDOMAIN"));
        assertThat(skippy.resolve()).isEqualTo(pod(1));
        say(() -> environment.unavailable("no"));
        say(() -> dns.found(pod(2, Conditions.NOT_READY)));
        assertThat(skippy.resolve()).isEqualTo(pod(1));
        assertState(Status.STALE, "watch");
        assertThat(skippy.state().age()).isEqualTo(LIMIT);
    }

    @Test
    void theSourceTakesOverAgainWhenItIsBack() {
        becomesStale();
        time.advance(LIMIT);
        say(() -> dns.found(pod(2)));
        say(() -> watch.found(pod(3)));
        assertThat(skippy.resolve()).isEqualTo(pod(3));
        assertState(Status.LIVE, "watch");
        time.advance(SourceChain.RELEASE_DELAY);
        assertThat(dns.isAsked()).isFalse();
    }

    @Test
    void eachAbsenceHasTheWholeLimit() {
        becomesStale();
        time.advance(LIMIT.minus(SHORTLY));
        say(() -> watch.unavailable("still refused"));
        say(() -> watch.found(pod(1)));
        say(() -> watch.unavailable("refused again"));
        time.advance(LIMIT.minus(SHORTLY));
        assertThat(dns.isAsked()).isFalse();
        time.advance(SHORTLY);
        assertThat(dns.isAsked()).isTrue();
    }

    @Test
    void noTimerIsLeftOfAnAbsenceThatIsOver() {
        becomesStale();
        say(() -> watch.found(pod(1)));
        int timers = time.pending();
        for (int i = 0; i < 100; i++) {
            becomesStale();
        }
        say(() -> watch.found(pod(1)));
        assertThat(time.pending()).isEqualTo(timers);
    }

    @Test
    void ofTwoThatAreTooOldTheFirstIsUsed() {
        becomesStale();
        time.advance(LIMIT);
        say(() -> dns.found(pod(2)));
        say(() -> dns.unavailable("SERVFAIL"));
        assertThat(skippy.resolve()).isEqualTo(pod(2));
        assertState(Status.STALE, "dns");
        time.advance(LIMIT);
        assertThat(skippy.resolve()).isEqualTo(pod(1));
        assertThat(environment.isAsked()).isTrue();
        say(() -> environment.found(pod(3)));
        assertThat(skippy.resolve()).isEqualTo(pod(3));
    }

    @Test
    void isAnHourByDefault() {
        restart(UnaryOperator.identity());
        becomesStale();
        time.advance(Duration.ofHours(1).minus(SHORTLY));
        assertThat(dns.isAsked()).isFalse();
        time.advance(SHORTLY);
        assertThat(dns.isAsked()).isTrue();
    }

    @Test
    void foreverIsForEver() {
        restart(builder -> builder.staleLimit(ChronoUnit.FOREVER.getDuration()));
        becomesStale();
        time.advance(Duration.ofDays(10));
        assertThat(dns.isAsked()).isFalse();
        assertThat(skippy.resolve()).isEqualTo(pod(1));
    }
}
