package io.serviceresolver;

import static io.serviceresolver.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.balancer.Balancers;
import io.serviceresolver.endpoint.ClusterContext;
import io.serviceresolver.endpoint.Endpoint;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Callers that come while the resolver is being closed: none of them waits for what nobody does any more. */
class LateCallsTest extends EngineTest {

    private final AtomicBoolean ending = new AtomicBoolean();
    private final AtomicBoolean closing = new AtomicBoolean();

    @Override
    ServiceResolverBuilder configure(ServiceResolverBuilder builder) {
        return builder.cluster(new ClusterContext("shield", "cluster.local"))
                .time(time::nanoTime, endingScheduler())
                .balancer(context -> {
                    // Stands for a thread that is in the middle of opening a service.
                    if (closing.getAndSet(false)) {
                        resolver.close();
                        time.runDue();
                    }
                    return Balancers.roundRobin().create(context);
                });
    }

    /** Ends when it is handed the next task after {@link #ending} was set, and drops that task without a word. */
    private ScheduledExecutorService endingScheduler() {
        return (ScheduledExecutorService) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ScheduledExecutorService.class}, (proxy, method, args) -> {
                    if (method.getName().equals("execute") && ending.getAndSet(false)) {
                        time.shutdown();
                        return null;
                    }
                    try {
                        return method.invoke(time, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void aServiceThatIsOpenedWhileTheResolverIsClosedIsNotFollowed() {
        closing.set(true);
        ServiceHandle late = resolver.service("late");
        CompletableFuture<Endpoint> pick = late.resolveAsync();
        CompletableFuture<Explanation> why = late.explain();
        time.runDue();
        assertThat(failure(pick)).hasMessage("late.shield: the resolver is closed");
        assertThat(failure(why)).hasMessage("late.shield: the resolver is closed");
        assertThat(source.isAsked()).isFalse();
        assertThat(time.pending()).as("timers of the service").isEqualTo(1);
    }

    @Test
    void aCallThatIsHandedOverAtTheVeryEndFails() {
        ServiceHandle skippy = follow("skippy");
        ending.set(true);
        assertThat(failure(skippy.resolveAsync())).hasMessage("skippy.shield: the resolver is closed");
    }

    @Test
    void aQuestionThatIsHandedOverAtTheVeryEndFails() {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(pod(1)));
        ending.set(true);
        assertThat(failure(skippy.explain())).hasMessage("skippy.shield: the resolver is closed");
    }

    @Test
    void aResolverWhoseEventLoopHasEndedStillLetsGoOfItsSources() {
        ServiceHandle skippy = follow("skippy");
        time.shutdown();
        resolver.close();
        assertThat(source.log).containsExactly("open skippy.shield", "close skippy.shield", "closed");
        assertThat(failure(skippy.resolveAsync())).hasMessage("skippy.shield: the resolver is closed");
    }
}
