package io.serviceresolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.serviceresolver.endpoint.ClusterContext;
import io.serviceresolver.testkit.VirtualTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** One resolver with one scripted source, on virtual time. */
abstract class EngineTest {

    static final Duration IDLE = Duration.ofMinutes(10);

    /** How long real threads may take. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    final VirtualTime time = new VirtualTime();
    final ScriptedSource source = new ScriptedSource("watch");
    final ServiceResolver resolver = configure(ServiceResolver.builder()
                    .source(source)
                    .cluster(new ClusterContext("shield", "cluster.local"))
                    .idleTimeout(IDLE)
                    .time(time::nanoTime, time))
            .build();

    ServiceResolverBuilder configure(ServiceResolverBuilder builder) {
        return builder;
    }

    @AfterEach
    void closeAll() {
        resolver.close();
        time.runDue();
    }

    ServiceHandle follow(String service) {
        ServiceHandle handle = resolver.service(service);
        time.runDue();
        return handle;
    }

    void say(Runnable what) {
        what.run();
        time.runDue();
    }

    /** Whether somebody waits for an endpoint: a future tells a little later that nobody does. */
    static boolean isWaitedFor(ServiceHandle handle) {
        return !((ServiceView) handle).waiters().isEmpty();
    }

    /** What a future completes with. Callbacks have their own thread, so that there is something to wait for. */
    static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** Waits for what another thread is about to do. */
    static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - end).as("time is over: " + what).isNegative();
            Thread.onSpinWait();
        }
    }

    static @Nullable Throwable failure(CompletableFuture<?> future) {
        return catchThrowableOfType(ExecutionException.class, () -> get(future)).getCause();
    }
}
