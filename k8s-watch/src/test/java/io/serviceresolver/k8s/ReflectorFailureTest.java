package io.serviceresolver.k8s;

import static io.serviceresolver.k8s.WatchLab.slice;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.endpoint.EndpointParts;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.endpoint.ServicePort;
import io.serviceresolver.k8s.ApiFailure.Kind;
import io.serviceresolver.testkit.ApiFault;
import io.serviceresolver.testkit.ApiVerb;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What is kept current throws: a defect, which must not end the reflector without a word. */
class ReflectorFailureTest implements ReflectorState<Slice> {

    private static final ServiceName SKIPPY = new ServiceName("skippy", "shield", ServicePort.ONLY);

    private final WatchLab lab = new WatchLab();
    private final ApiClient client = new ApiClient(Transports.ofKubeconfig(WatchLab.kubeconfig(lab.server)));
    private final Reflector<Slice> reflector = new Reflector<>(
            ApiResource.slicesOf(SKIPPY),
            client,
            new SliceReader(
                    SKIPPY,
                    new Complaints(LoggerFactory.getLogger(getClass()), lab.time::nanoTime),
                    new EndpointParts()),
            lab.context,
            Duration.ofSeconds(75),
            this);
    private final CapturedLog log = CapturedLog.of(EndpointSliceSource.class);
    private final List<ApiFailure> failures = new ArrayList<>();
    private final TreeSet<String> names = new TreeSet<>();

    /** What throws the next time it is called. */
    private String broken = "";

    @AfterEach
    void close() {
        reflector.close();
        client.close();
        log.close();
        lab.close();
    }

    private void begin(String brokenAtFirst) {
        broken = brokenAtFirst;
        lab.server.put(slice("a", "127.0.0.2"));
        reflector.list();
    }

    private void until(String what, String name) {
        lab.until(() -> what, () -> {
            lab.advance(Duration.ofMillis(500));
            return names.contains(name);
        });
    }

    private void assertSaid(String defect) {
        assertThat(log.errors())
                .containsExactly(
                        "endpointslices.discovery.k8s.io in namespace shield: an unexpected failure, after which"
                                + " it is listed anew");
        assertThat(failures).extracting(ApiFailure::kind).containsExactly(Kind.GARBLED);
        assertThat(failures.get(0).reason()).contains("IllegalStateException: " + defect);
    }

    @Test
    void listsAgainAfterAListThatCouldNotBeTaken() {
        begin("replaceAll");
        until("another list", "a");
        assertSaid("replaceAll");
        lab.server.put(slice("b", "127.0.0.3"));
        until("the watch", "b");
    }

    @Test
    void listsAgainWhenBeingCurrentCannotBeTold() {
        begin("live");
        until("the list", "a");
        lab.until(() -> "the failure", () -> !failures.isEmpty());
        assertSaid("live");
        lab.server.put(slice("b", "127.0.0.3"));
        until("what came later", "b");
    }

    @Test
    void listsAgainAfterAChangeThatCouldNotBeTaken() {
        begin("");
        until("the list", "a");
        lab.server.awaitWatches(1);
        broken = "put";
        lab.server.put(slice("b", "127.0.0.3"));
        until("another list", "b");
        assertSaid("put");
    }

    @Test
    void goesOnThoughTheFailureCannotBeToldEither() {
        broken = "lost";
        lab.server.put(slice("a", "127.0.0.2"));
        lab.server.on(ApiVerb.LIST).next(ApiFault.status(500));
        reflector.list();
        until("another list", "a");
        assertThat(log.errors()).hasSize(1);
    }

    private void mayThrow(String what) {
        if (what.equals(broken)) {
            broken = "";
            throw new IllegalStateException(what);
        }
    }

    @Override
    public boolean replaceAll(List<Slice> items) {
        mayThrow("replaceAll");
        names.clear();
        items.forEach(slice -> names.add(slice.name()));
        return true;
    }

    @Override
    public void put(Slice item) {
        mayThrow("put");
        names.add(item.name());
    }

    @Override
    public void remove(String name) {
        names.remove(name);
    }

    @Override
    public boolean isEmpty() {
        return names.isEmpty();
    }

    @Override
    public void changed() {}

    @Override
    public void live() {
        mayThrow("live");
    }

    @Override
    public void lost(ApiFailure failure) {
        mayThrow("lost");
        failures.add(failure);
    }
}
