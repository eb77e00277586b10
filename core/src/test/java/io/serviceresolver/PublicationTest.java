package io.serviceresolver;

import static io.serviceresolver.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.ServiceState.Status;
import io.serviceresolver.balancer.Balancer;
import io.serviceresolver.balancer.Balancers;
import io.serviceresolver.endpoint.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Callers that come while a set is being published: a balancer at work stands for a thread that is in between. */
class PublicationTest extends EngineTest {

    private final List<Runnable> whilePublishing = new ArrayList<>();

    @Override
    ServiceResolverBuilder configure(ServiceResolverBuilder builder) {
        return builder.balancer(random -> {
            Balancer balancer = Balancers.roundRobin().create(random);
            return candidates -> {
                whilePublishing.forEach(Runnable::run);
                return balancer.update(candidates);
            };
        });
    }

    @Test
    void aCallThatComesWhileTheFirstSetIsPublishedGetsAnEndpointOfIt() throws Exception {
        ServiceHandle skippy = follow("skippy");
        List<CompletableFuture<Endpoint>> picked = new ArrayList<>();
        whilePublishing.add(() -> picked.add(skippy.resolveAsync()));
        say(() -> source.found(pod(1)));
        assertThat(get(picked.get(0))).isEqualTo(pod(1));
    }

    @Test
    void aServiceIsNotCalledEmptyWhileItsFirstSetIsPublished() {
        ServiceHandle skippy = follow("skippy");
        List<Status> seen = new ArrayList<>();
        whilePublishing.add(() -> seen.add(skippy.state().status()));
        say(() -> source.found(pod(1)));
        assertThat(seen).containsExactly(Status.UNKNOWN);
        assertThat(skippy.state().status()).isEqualTo(Status.LIVE);
    }
}
