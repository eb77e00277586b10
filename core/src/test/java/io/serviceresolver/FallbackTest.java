package io.serviceresolver;

import static io.serviceresolver.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.ServiceState.Status;
import io.serviceresolver.endpoint.ClusterContext;
import io.serviceresolver.endpoint.Conditions;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.EndpointSet;
import io.serviceresolver.source.SourceAnswer;
import io.serviceresolver.testkit.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ordered sources of a service: who is asked when, and whose answer is used. */
class FallbackTest {

    private final VirtualTime time = new VirtualTime();
    private final ScriptedSource watch = new ScriptedSource("watch");
    private final ScriptedSource dns = new ScriptedSource("dns");
    private final ScriptedSource environment = new ScriptedSource("environment");
    private final ServiceResolver resolver = ServiceResolver.builder()
            .source(watch)
            .fallback(dns)
            .fallback(environment)
            .cluster(new ClusterContext("shield", "cluster.local"))
            .time(time::nanoTime, time)
            .build();
    private final ServiceHandle skippy = resolver.service("skippy");

    @BeforeEach
    void follow() {
        time.runDue();
    }

    @AfterEach
    void close() {
        resolver.close();
        time.runDue();
    }

    @Test
    void asksTheFirstSourceAloneWhileItAnswers() {
        assertThat(watch.isAsked()).isTrue();
        say(() -> watch.found(pod(1)));
        time.advance(Duration.ofMinutes(1));
        assertThat(dns.isAsked()).isFalse();
        assertThat(skippy.resolve()).isEqualTo(pod(1));
        assertState(Status.LIVE, "watch");
    }

    @Test
    void asksTheNextSourceWhenTheFirstIsSilent() {
        time.advance(SourceChain.FALLBACK_DELAY.minusNanos(1));
        assertThat(dns.isAsked()).isFalse();
        time.advance(Duration.ofNanos(1));
        assertThat(dns.isAsked()).isTrue();
        assertThat(environment.isAsked()).isFalse();
        say(() -> dns.found(pod(2)));
        assertThat(skippy.resolve()).isEqualTo(pod(2));
        assertState(Status.FALLBACK, "dns");
    }

    @Test
    void reachesTheLastSourceThoughTheFirstNeverSpeaks() {
        time.advance(SourceChain.FALLBACK_DELAY);
        say(() -> dns.absent("NXDOMAIN"));
        say(() -> environment.found(pod(3)));
        assertThat(skippy.resolve()).isEqualTo(pod(3));
    }

    @Test
    void asksTheNextSourceAtOnceWhenOneCannotTell() {
        say(() -> watch.unavailable("403"));
        assertThat(dns.isAsked()).isTrue();
        say(() -> dns.unavailable("SERVFAIL"));
        assertThat(environment.isAsked()).isTrue();
    }

    @Test
    void keepsTheLastSetOfASourceThatWentAway() {
        say(() -> watch.found(pod(1)));
        say(() -> watch.unavailable("connection refused"));
        time.advance(Duration.ofMinutes(9));
        assertThat(skippy.resolve()).isEqualTo(pod(1));
        assertThat(dns.isAsked()).isFalse();
        assertState(Status.STALE, "watch");
        assertThat(skippy.state().age()).isEqualTo(Duration.ofMinutes(9));
        say(() -> watch.unavailable("still refused"));
        assertThat(skippy.state().age()).isEqualTo(Duration.ofMinutes(9));
        say(() -> watch.found(pod(1)));
        assertState(Status.LIVE, "watch");
        assertThat(skippy.state().age()).isEqualTo(Duration.ZERO);
    }

    @Test
    void hasNothingToKeepOfASetInWhichNothingWasReady() {
        say(() -> watch.found(pod(1, Conditions.NOT_READY)));
        say(() -> watch.unavailable("connection refused"));
        say(() -> dns.found(pod(2)));
        assertThat(skippy.resolve()).isEqualTo(pod(2));
    }

    @Test
    void obeysASourceThatIsSureThatTheServiceIsGone() {
        say(() -> watch.found(pod(1)));
        say(() -> watch.absent("no EndpointSlice"));
        say(() -> dns.absent("NXDOMAIN"));
        say(() -> environment.absent("SKIPPY_SERVICE_HOST is not set"));
        assertThatThrownBy(skippy::resolve).isInstanceOf(NoEndpointsException.class);
        assertState(Status.EMPTY, null);
        assertThat(skippy.endpoints().isEmpty()).isTrue();
    }

    @Test
    void switchesBackWhenABetterSourceRecoversAndLetsTheOtherGoLater() {
        say(() -> watch.unavailable("403"));
        say(() -> dns.found(pod(2)));
        say(() -> watch.found(pod(1)));
        assertThat(skippy.resolve()).isEqualTo(pod(1));
        assertState(Status.LIVE, "watch");
        time.advance(SourceChain.RELEASE_DELAY.minusNanos(1));
        assertThat(dns.isAsked()).isTrue();
        time.advance(Duration.ofNanos(1));
        assertThat(dns.isAsked()).isFalse();
        assertThat(skippy.resolve()).isEqualTo(pod(1));
    }

    @Test
    void doesNotLetGoOfAFallbackThatIsNeededAgain() {
        say(() -> watch.unavailable("403"));
        say(() -> dns.found(pod(2)));
        say(() -> watch.found(pod(1)));
        say(() -> watch.absent("deleted"));
        time.advance(SourceChain.RELEASE_DELAY);
        assertThat(dns.isAsked()).isTrue();
        assertThat(skippy.resolve()).isEqualTo(pod(2));
    }

    @Test
    void hearsNothingOfASubscriptionThatEnded() {
        say(() -> watch.unavailable("403"));
        var late = dns.listener();
        say(() -> watch.found(pod(1)));
        time.advance(SourceChain.RELEASE_DELAY);
        say(() -> watch.absent("deleted"));
        say(() -> late.onAnswer(new SourceAnswer.Found(EndpointSet.of(List.of(pod(9))))));
        assertThat(skippy.endpoints().isEmpty()).isTrue();
    }

    @Test
    void believesTheFirstSourceThatNothingIsReadyAndSaysWhatTheOthersAnswered() {
        say(() -> watch.found(pod(1, Conditions.NOT_READY), pod(2, Conditions.NOT_READY), pod(3, Conditions.GONE)));
        say(() -> dns.absent("NXDOMAIN"));
        say(() -> environment.absent("SKIPPY_SERVICE_HOST is not set"));
        assertThatThrownBy(skippy::resolve)
                .isInstanceOf(NoEndpointsException.class)
                .hasMessage("skippy.shield: no endpoints (watch: 0 of 3 endpoints ready; dns: NXDOMAIN; "
                        + "environment: SKIPPY_SERVICE_HOST is not set)");
        say(() -> dns.found(pod(9)));
        assertThatThrownBy(skippy::resolve).hasMessageContaining("dns: 1 of 1 endpoints ready");
        assertState(Status.EMPTY, "watch");
    }

    @Test
    void usesEndpointsThatServeWhileTheyTerminateWhenNothingIsReady() {
        say(() -> watch.found(pod(1, Conditions.DRAINING), pod(2, Conditions.GONE)));
        assertThat(skippy.resolve()).isEqualTo(pod(1, Conditions.DRAINING));
    }

    @Test
    void waitsForABetterSourceWhileAWorseOneIsSureOfNothing() throws Exception {
        CompletableFuture<Endpoint> first = skippy.resolveAsync();
        time.advance(SourceChain.FALLBACK_DELAY);
        say(() -> dns.absent("NXDOMAIN"));
        say(() -> environment.absent("SKIPPY_SERVICE_HOST is not set"));
        assertThat(first).isNotDone();
        assertState(Status.UNKNOWN, null);
        say(() -> watch.found(pod(1)));
        assertThat(EngineTest.get(first)).isEqualTo(pod(1));
    }

    @Test
    void waitsForABetterSourceWhileAWorseOneFoundNothingReady() throws Exception {
        CompletableFuture<Endpoint> first = skippy.resolveAsync();
        time.advance(SourceChain.FALLBACK_DELAY);
        say(() -> dns.found(pod(2, Conditions.NOT_READY)));
        assertThat(first).isNotDone();
        assertState(Status.UNKNOWN, "dns");
        say(() -> watch.found(pod(1)));
        assertThat(EngineTest.get(first)).isEqualTo(pod(1));
    }

    @Test
    void failsWhenTheTimeForAFirstAnswerIsOverAndAtOnceFromThenOn() {
        CompletableFuture<Endpoint> first = skippy.resolveAsync();
        say(() -> watch.unavailable("connection refused"));
        say(() -> dns.unavailable("SERVFAIL"));
        say(() -> environment.absent("SKIPPY_SERVICE_HOST is not set"));
        time.advance(Duration.ofSeconds(3).minusNanos(1));
        assertThat(EngineTest.isWaitedFor(skippy)).isTrue();
        time.advance(Duration.ofNanos(1));
        assertThatThrownBy(() -> EngineTest.get(first))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(NoEndpointsException.class)
                .hasMessage("skippy.shield: no endpoints (watch: connection refused; dns: SERVFAIL; "
                        + "environment: SKIPPY_SERVICE_HOST is not set)");
        assertThatThrownBy(skippy::resolve)
                .isInstanceOfSatisfying(
                        NoEndpointsException.class,
                        e -> assertThat(e.state().status()).isEqualTo(Status.UNKNOWN));
        say(() -> dns.found(pod(1)));
        assertThat(skippy.resolve()).isEqualTo(pod(1));
    }

    @Test
    void countsASourceThatCannotStartAsUnavailable() {
        ServiceResolver broken = ServiceResolver.builder()
                .source(new BrokenSource())
                .fallback(dns)
                .time(time::nanoTime, time)
                .build();
        ServiceHandle service = broken.service("skippy");
        time.runDue();
        say(() -> dns.found(pod(1)));
        assertThat(service.resolve()).isEqualTo(pod(1));
        assertThat(service.state().detail()).contains("broken: java.lang.UnsupportedOperationException: no");
        broken.close();
    }

    private void say(Runnable what) {
        what.run();
        time.runDue();
    }

    private void assertState(Status status, @Nullable String source) {
        assertThat(skippy.state().status()).isEqualTo(status);
        assertThat(skippy.state().source().orElse(null)).isEqualTo(source);
    }
}
