package io.serviceresolver;

import static io.serviceresolver.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.ServiceState.Status;
import io.serviceresolver.endpoint.ClusterContext;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.source.EndpointSource;
import io.serviceresolver.source.EnvironmentSource;
import io.serviceresolver.source.SourceContext;
import io.serviceresolver.source.SourceListener;
import io.serviceresolver.source.SourceSubscription;
import io.serviceresolver.source.StaticSource;
import io.serviceresolver.testkit.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long a first answer is waited for: not where it cannot come, and not in vain where it is at hand. */
class FirstAnswerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Map<String, String> VARIABLES =
            Map.of("SKIPPY_SERVICE_HOST", "10.96.0.7", "SKIPPY_SERVICE_PORT", "80");

    private final VirtualTime time = new VirtualTime();
    private final AtomicLong busyNanos = new AtomicLong();
    private final ScriptedSource watch = new ScriptedSource("watch").selectsPods();
    private final ScriptedSource dns = new ScriptedSource("dns");
    private final List<ServiceResolver> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(ServiceResolver::close);
        time.runDue();
    }

    private ServiceResolver resolver(Duration patience, EndpointSource first, EndpointSource... others) {
        ServiceResolverBuilder builder = ServiceResolver.builder()
                .source(first)
                .cluster(new ClusterContext("shield", "cluster.local"))
                .firstAnswerTimeout(patience)
                .time(() -> time.nanoTime() + busyNanos.get(), time);
        for (EndpointSource other : others) {
            builder.fallback(other);
        }
        ServiceResolver built = builder.build();
        opened.add(built);
        return built;
    }

    private CompletableFuture<Endpoint> firstOf(ServiceHandle handle) {
        CompletableFuture<Endpoint> first = handle.resolveAsync();
        time.runDue();
        return first;
    }

    private void say(Runnable what) {
        what.run();
        time.runDue();
    }

    @Test
    void whatIsKnownWithoutAskingAnybodyIsFoundBeforeAnybodyIsToldThatThereIsNoAnswer() throws Exception {
        Duration shorter = SourceChain.FALLBACK_DELAY.dividedBy(2);
        ServiceHandle skippy =
                resolver(shorter, watch, dns, EnvironmentSource.of(VARIABLES)).service("skippy");
        CompletableFuture<Endpoint> first = firstOf(skippy);
        time.advance(shorter.minusNanos(1));
        assertThat(dns.isAsked()).isFalse();
        assertThat(EngineTest.isWaitedFor(skippy)).isTrue();
        time.advance(Duration.ofNanos(1));
        assertThat(EngineTest.get(first)).isEqualTo(Endpoint.of("10.96.0.7", 80));
        say(() -> watch.found(pod(1)));
        assertThat(skippy.resolve()).isEqualTo(pod(1));
    }

    @Test
    void whoeverIsToldThatThereIsNoAnswerIsToldWhatAllSourcesSay() {
        Duration shorter = SourceChain.FALLBACK_DELAY.dividedBy(2);
        ServiceResolver resolver = resolver(shorter, watch, StaticSource.empty(), EnvironmentSource.of(Map.of()));
        CompletableFuture<Endpoint> first = firstOf(resolver.service("skippy"));
        time.advance(shorter);
        assertThat(EngineTest.failure(first))
                .hasMessage("skippy.shield: no endpoints (watch: no answer yet; static: not in the static list;"
                        + " environment: SKIPPY_SERVICE_HOST is not set)");
    }

    @Test
    void aSourceInUseIsEnoughWhenTimeIsOver() throws Exception {
        ServiceResolver resolver = resolver(PATIENCE, watch, dns);
        CompletableFuture<Endpoint> first = firstOf(resolver.service("skippy"));
        say(() -> watch.found(pod(1)));
        time.advance(PATIENCE);
        assertThat(EngineTest.get(first)).isEqualTo(pod(1));
        assertThat(dns.isAsked()).isFalse();
    }

    @Test
    void anAnswerThatArrivesBeforeALateEventLoopComesToTheEndIsHeard() throws Exception {
        ServiceResolver resolver = resolver(PATIENCE, watch);
        CompletableFuture<Endpoint> first = firstOf(resolver.service("skippy"));
        // Due when time is over, behind its end.
        time.schedule(() -> watch.found(pod(1)), PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        time.advance(PATIENCE);
        assertThat(EngineTest.get(first)).isEqualTo(pod(1));
    }

    /** A source that keeps the event loop busy with its first task for some time, as to load classes does. */
    private final class Heavy implements EndpointSource {

        private final Duration first;

        Heavy(Duration first) {
            this.first = first;
        }

        @Override
        public String name() {
            return "heavy";
        }

        @Override
        public SourceSubscription subscribe(ServiceName service, SourceContext context, SourceListener listener) {
            context.scheduler().execute(() -> busyNanos.addAndGet(first.toNanos()));
            return () -> {};
        }
    }

    @Test
    void whatASourceHasTheEventLoopDoAtFirstTakesNothingOfItsTime() {
        Duration busy = Duration.ofMillis(400);
        ServiceHandle skippy = resolver(PATIENCE, new Heavy(busy)).service("skippy");
        CompletableFuture<Endpoint> first = firstOf(skippy);
        time.advance(PATIENCE.minusNanos(1));
        assertThat(EngineTest.isWaitedFor(skippy)).isTrue();
        time.advance(Duration.ofNanos(1));
        assertThat(EngineTest.failure(first)).isInstanceOf(NoEndpointsException.class);
    }

    @Test
    void butForASixthOfItAtMost() {
        Duration busy = Duration.ofMillis(1500);
        ServiceHandle skippy = resolver(PATIENCE, new Heavy(busy)).service("skippy");
        CompletableFuture<Endpoint> first = firstOf(skippy);
        time.advance(PATIENCE.minusMillis(1000).minusNanos(1));
        assertThat(EngineTest.isWaitedFor(skippy)).isTrue();
        time.advance(Duration.ofNanos(1));
        assertThat(EngineTest.failure(first)).isInstanceOf(NoEndpointsException.class);
    }

    @Test
    void aPortThatTheEnvironmentDoesNotTellFailsAtOnce() {
        ServiceHandle skippy =
                resolver(PATIENCE, EnvironmentSource.of(VARIABLES)).service("skippy:8080");
        assertThat(EngineTest.failure(firstOf(skippy)))
                .hasMessage("skippy.shield:8080: no endpoints (environment: no port 8080, the TCP ports are: 80)");
        assertThat(skippy.state().status()).isEqualTo(Status.UNKNOWN);
        assertThatThrownBy(skippy::resolve).isInstanceOf(NoEndpointsException.class);
    }

    @Test
    void podsThatNoSourceCanSelectFailAtOnce() {
        ServiceResolver resolver = resolver(PATIENCE, StaticSource.empty(), EnvironmentSource.of(VARIABLES));
        String cannot = ": Pods cannot be selected by their labels";
        assertThat(EngineTest.failure(firstOf(resolver.select("app=x", 80))))
                .hasMessage("pods(app=x).shield:80: no endpoints (static" + cannot + "; environment" + cannot + ")");
    }

    @Test
    void whatAWorseSourceWillNeverKnowOverrulesNoBetterOneThatHasYetToAnswer() throws Exception {
        ServiceHandle skippy =
                resolver(PATIENCE, watch, EnvironmentSource.of(VARIABLES)).service("skippy:8080");
        CompletableFuture<Endpoint> first = firstOf(skippy);
        time.advance(PATIENCE.minusNanos(1));
        assertThat(EngineTest.isWaitedFor(skippy)).isTrue();
        say(() -> watch.found(pod(1)));
        assertThat(EngineTest.get(first)).isEqualTo(pod(1));
    }

    @Test
    void norOneThatIsStillTrying() throws Exception {
        ServiceHandle skippy =
                resolver(PATIENCE, watch, EnvironmentSource.of(VARIABLES)).service("skippy:8080");
        CompletableFuture<Endpoint> first = firstOf(skippy);
        say(() -> watch.unavailable("connection refused"));
        time.advance(PATIENCE.minusNanos(1));
        assertThat(EngineTest.isWaitedFor(skippy)).isTrue();
        say(() -> watch.found(pod(1)));
        assertThat(EngineTest.get(first)).isEqualTo(pod(1));
    }

    @Test
    void aBetterSourceThatIsSureThatThereIsNothingEndsTheWaitForThemAll() {
        ServiceHandle skippy =
                resolver(PATIENCE, watch, EnvironmentSource.of(VARIABLES)).service("skippy:8080");
        CompletableFuture<Endpoint> first = firstOf(skippy);
        say(() -> watch.absent("no such Service"));
        assertThat(EngineTest.failure(first))
                .hasMessage("skippy.shield:8080: no endpoints (watch: no such Service;"
                        + " environment: no port 8080, the TCP ports are: 80)");
    }
}
