package io.serviceresolver;

import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.call.CallOptions;
import io.serviceresolver.endpoint.ClusterContext;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.source.EndpointSource;
import io.serviceresolver.source.SourceContext;
import io.serviceresolver.source.SourceListener;
import io.serviceresolver.source.SourceSubscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Callers whose thread waits for an event loop that does something else all the time. */
class BusyLoopTest {

    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofDays(1);
    private static final String MESSAGE =
            "skippy.shield: no endpoints (the resolver's own thread was busy; blocking: not asked)";

    private final CountDownLatch busy = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);
    private final List<ServiceResolver> opened = new ArrayList<>();

    /** A source that breaks its contract: it blocks the event loop. */
    private final class Blocking implements EndpointSource {

        @Override
        public String name() {
            return "blocking";
        }

        @Override
        public SourceSubscription subscribe(ServiceName service, SourceContext context, SourceListener listener) {
            busy.countDown();
            try {
                end.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return () -> {};
        }
    }

    private ServiceResolver resolver(Duration firstAnswer) {
        ServiceResolver built = ServiceResolver.builder()
                .source(new Blocking())
                .cluster(new ClusterContext("shield", "cluster.local"))
                .firstAnswerTimeout(firstAnswer)
                .build();
        opened.add(built);
        return built;
    }

    @AfterEach
    void close() {
        end.countDown();
        opened.forEach(ServiceResolver::close);
    }

    static Stream<Named<Consumer<ServiceHandle>>> blocking() {
        return Stream.of(
                Named.of("resolve", ServiceHandle::resolve),
                Named.of("acquire", ServiceHandle::acquire),
                Named.of("call", skippy -> skippy.call(CallOptions.DEFAULT, endpoint -> "ok")));
    }

    @ParameterizedTest
    @MethodSource("blocking")
    void waitNoLongerThanAFirstAnswerMayTake(Consumer<ServiceHandle> blocking) throws Exception {
        assertFails(resolver(SHORT), blocking);
    }

    static Stream<Named<Consumer<ServiceHandle>>> limited() {
        return Stream.of(
                Named.of("awaitReady", skippy -> skippy.awaitReady(SHORT)),
                Named.of("call", skippy -> skippy.call(CallOptions.DEFAULT.timeout(SHORT), endpoint -> "ok")));
    }

    @ParameterizedTest
    @MethodSource("limited")
    void waitNoLongerThanTheySay(Consumer<ServiceHandle> limited) throws Exception {
        assertFails(resolver(LONG), limited);
    }

    @Test
    void areNoUseOfTheServiceAnyMoreWhenTheyGaveUp() throws Exception {
        ServiceResolver resolver = resolver(LONG);
        assertFails(resolver, skippy -> skippy.awaitReady(SHORT));
        ServiceView skippy = (ServiceView) resolver.service("skippy");
        end.countDown();
        // Each is done after all that the event loop was given before: it hears of the wait, then of its end.
        EngineTest.get(skippy.explain());
        EngineTest.get(skippy.explain());
        assertThat(skippy.waiters().isEmpty()).isTrue();
    }

    private void assertFails(ServiceResolver resolver, Consumer<ServiceHandle> wait) throws Exception {
        ServiceHandle skippy = resolver.service("skippy");
        assertThat(busy.await(30, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> wait.accept(skippy));
        assertThat(EngineTest.failure(waiting))
                .isInstanceOf(NoEndpointsException.class)
                .hasMessage(MESSAGE);
    }
}
