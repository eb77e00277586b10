package io.serviceresolver.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.endpoint.ClusterContext;
import io.serviceresolver.k8s.ApiFailure.Kind;
import io.serviceresolver.source.SourceContext;
import io.serviceresolver.testkit.VirtualTime;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is followed, as its reflector tells it. */
class FollowedTest {

    private final VirtualTime time = new VirtualTime();
    private final HostLookup lookup = new HostLookup(name -> List.of());
    private final CountDownLatch gate = new CountDownLatch(1);

    /** Its requests do not get anywhere: what is followed is told by the test. */
    private final ApiClient client = new ApiClient(threads -> {
        await();
        throw new IllegalStateException("the test is over");
    });

    private final AtomicInteger changes = new AtomicInteger();
    private final Followed<NodeView> nodes = new Followed<>(
            "nodes",
            ApiResource.nodes(),
            new NodeReader(),
            NodeView::name,
            new FeedScope(
                    client,
                    new SourceContext(
                            time::nanoTime, time, new Random(42), new ClusterContext("shield", "cluster.local")),
                    WatchOptions.DEFAULTS,
                    lookup),
            changes::incrementAndGet);

    private final NodeView a = Views.node("{metadata: {name: a}}");
    private final NodeView ready =
            Views.node("{metadata: {name: a}, status: {conditions: [{type: Ready, status: 'True'}]}}");

    @BeforeEach
    void list() {
        assertThat(nodes.ask()).isEqualTo(new Knowledge.Pending<>());
        nodes.replaceAll(List.of(a));
        nodes.live();
        nodes.changed();
        changes.set(0);
    }

    @AfterEach
    void close() {
        nodes.close();
        gate.countDown();
        lookup.close();
        client.close();
    }

    private void await() {
        try {
            assertThat(gate.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Knowledge<Collection<NodeView>> known(NodeView... each) {
        return new Knowledge.Known<>(List.of(each));
    }

    private void lose(Kind kind) {
        nodes.lost(new ApiFailure(kind, "watch nodes: it broke"));
    }

    @Test
    void tellsOfWhatIsAnotherOnly() {
        nodes.put(Views.node("{metadata: {name: a, resourceVersion: '2'}}"));
        nodes.remove("nobody");
        nodes.replaceAll(List.of(a));
        nodes.changed();
        assertThat(changes).hasValue(0);
        nodes.put(ready);
        nodes.changed();
        nodes.changed();
        assertThat(changes).hasValue(1);
        assertThat(nodes.ask()).isEqualTo(known(ready));
        nodes.remove("a");
        nodes.changed();
        assertThat(changes).hasValue(2);
        nodes.replaceAll(List.of(a));
        nodes.changed();
        assertThat(changes).hasValue(3);
    }

    @Test
    void isLostAfterTheGraceAndFoundAgain() {
        lose(Kind.UNREACHABLE);
        time.advance(Duration.ofMillis(4999));
        assertThat(nodes.ask()).isEqualTo(known(a));
        time.advance(Duration.ofMillis(1));
        assertThat(nodes.ask()).isEqualTo(new Knowledge.Lost<>("watch nodes: it broke"));
        assertThat(changes).hasValue(1);
        nodes.live();
        assertThat(nodes.ask()).isEqualTo(known(a));
        assertThat(changes).hasValue(2);
    }

    @Test
    void isNotLostWhenItIsBackInTime() {
        lose(Kind.UNREACHABLE);
        time.advance(Duration.ofSeconds(3));
        nodes.live();
        time.advance(Duration.ofSeconds(5));
        assertThat(nodes.ask()).isEqualTo(known(a));
        assertThat(changes).hasValue(0);
    }
}
