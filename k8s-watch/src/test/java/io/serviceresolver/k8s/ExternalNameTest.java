package io.serviceresolver.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.endpoint.PodLabels;
import io.serviceresolver.testkit.ApiFault;
import io.serviceresolver.testkit.ApiVerb;
import io.serviceresolver.testkit.FakeCluster;
import io.serviceresolver.testkit.FakeNamespace;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A Service of type ExternalName before an API server, for a source that follows Pods. */
class ExternalNameTest {

    private final FakeCluster cluster = FakeCluster.start();
    private final FakeNamespace shield = cluster.namespace("shield");
    private final Map<String, List<String>> dns = new ConcurrentHashMap<>();
    private final WatchLab lab =
            new WatchLab(cluster.apiServer(), WatchOptions.DEFAULTS.with(AccessOptions.DEFAULTS.with(this::addresses)));

    @AfterEach
    void close() {
        lab.close();
    }

    private List<String> addresses(String name) throws UnknownHostException {
        List<String> found = dns.get(name);
        if (found == null) {
            throw new UnknownHostException(name);
        }
        return found;
    }

    @Test
    void followsTheServiceToAnotherNameAndToPods() {
        dns.put("db.example.com.", List.of("127.0.0.2", "127.0.0.3"));
        dns.put("other.example.com.", List.of("127.0.0.4"));
        shield.service("skippy").externalName("db.example.com");
        Follower follower = lab.follow("skippy:5432", "found 127.0.0.2:5432 127.0.0.3:5432");
        assertThat(follower.set().endpoints())
                .allSatisfy(endpoint -> assertThat(endpoint.hostname()).contains("db.example.com"));
        assertThat(follower.set().traits().podLabels().status()).isEqualTo(PodLabels.Status.UNKNOWN);
        lab.settle(5);
        shield.service("skippy").externalName("other.example.com");
        lab.until(follower, "found 127.0.0.4:5432");
        shield.service("skippy").delete();
        lab.until(follower, "absent: no EndpointSlice with kubernetes.io/service-name=skippy in namespace shield");
    }

    @Test
    void saysThatItsNameCannotBeLookedUp() {
        shield.service("skippy").externalName("nowhere.example.com");
        lab.follow(
                "skippy:80",
                "unavailable: nowhere.example.com.: java.net.UnknownHostException: nowhere.example.com. (expected: a name"
                        + " that can be looked up)");
    }

    @Test
    void needsNoSlices() {
        dns.put("db.example.com.", List.of("127.0.0.2"));
        shield.service("skippy").externalName("db.example.com");
        lab.server.on(ApiVerb.LIST, "endpointslices").always(ApiFault.status(403));
        Follower follower = lab.follow("skippy:5432");
        lab.until(follower, "found 127.0.0.2:5432");
    }
}
