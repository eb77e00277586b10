package io.serviceresolver.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.endpoint.ClusterContext;
import io.serviceresolver.endpoint.EndpointParts;
import io.serviceresolver.endpoint.IpFamily;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.endpoint.ServicePort;
import io.serviceresolver.k8s.ApiFailure.Kind;
import io.serviceresolver.k8s.WatchAttempt.Due;
import io.serviceresolver.source.SourceContext;
import io.serviceresolver.testkit.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A list and a watch that go on at the same time, and answer in the order that the test chooses. */
class ReflectorRaceTest implements ReflectorState<Slice> {

    private static final ServiceName SKIPPY = new ServiceName("skippy", "shield", ServicePort.ONLY);
    private static final Slice OLD = new Slice("a", IpFamily.IPV4, List.of(), List.of());
    private static final Slice NEW = new Slice("a", IpFamily.IPV4, List.of(new SlicePort("http", 80, null)), List.of());

    private final VirtualTime time = new VirtualTime();
    private final ApiClient client = new ApiClient(threads -> {
        throw new IllegalStateException("there is no server in this test");
    });
    private final Reflector<Slice> reflector = new Reflector<>(
            ApiResource.slicesOf(SKIPPY),
            client,
            new SliceReader(
                    SKIPPY, new Complaints(LoggerFactory.getLogger(getClass()), time::nanoTime), new EndpointParts()),
            new SourceContext(
                    time::nanoTime, time, new Random(1), new ClusterContext("shield", ClusterContext.DEFAULT_DOMAIN)),
            Duration.ofSeconds(75),
            this);
    private final List<Slice> states = new ArrayList<>();

    @AfterEach
    void close() {
        reflector.close();
        client.close();
    }

    private void tell(String version, Slice slice) {
        reflector.frames(List.of(new WatchFrame.Put<>("a", Optional.of(slice), version)));
    }

    @Test
    void goesNotBackToAListThatTheWatchHasOvertaken() {
        reflector.list();
        reflector.listed("1", List.of(OLD));
        reflector.watchDue(Due.OLD);
        tell("2", NEW);
        reflector.listed("1", List.of(OLD));
        assertThat(states).containsExactly(OLD, NEW);
    }

    @Test
    void takesAListThatFollowsTheWatch() {
        reflector.list();
        reflector.listed("1", List.of(OLD));
        tell("2", OLD);
        reflector.watchDue(Due.SILENT);
        reflector.listed("3", List.of(NEW));
        assertThat(states).containsExactly(OLD, OLD, NEW);
    }

    @Test
    void takesAListAfterTheWatchBrokeOff() {
        reflector.list();
        reflector.listed("1", List.of(OLD));
        reflector.watchDue(Due.OLD);
        tell("2", OLD);
        reflector.watchFailed(new ApiFailure(Kind.GARBLED, "what?"), Duration.ZERO);
        reflector.listed("2", List.of(NEW));
        assertThat(states).containsExactly(OLD, OLD, NEW);
    }

    @Override
    public boolean replaceAll(List<Slice> items) {
        states.addAll(items);
        return true;
    }

    @Override
    public void put(Slice item) {
        states.add(item);
    }

    @Override
    public void remove(String name) {
        states.clear();
    }

    @Override
    public boolean isEmpty() {
        return states.isEmpty();
    }

    @Override
    public void changed() {}

    @Override
    public void live() {}

    @Override
    public void lost(ApiFailure failure) {}
}
