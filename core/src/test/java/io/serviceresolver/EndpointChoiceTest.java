package io.serviceresolver;

import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.balancer.Balancers;
import io.serviceresolver.endpoint.ClusterContext;
import io.serviceresolver.endpoint.Conditions;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.Hints;
import io.serviceresolver.endpoint.InternalTrafficPolicy;
import io.serviceresolver.endpoint.PodLabels;
import io.serviceresolver.endpoint.ServiceTraits;
import io.serviceresolver.endpoint.Topology;
import io.serviceresolver.source.StaticSource;
import io.serviceresolver.testkit.VirtualTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** The table of kube-proxy's choices, {@code endpoint-choice.txt}, by picks from a real resolver. */
class EndpointChoiceTest {

    private static final Map<String, Conditions> KINDS = Map.of(
            "ready",
            Conditions.READY,
            "unready",
            Conditions.NOT_READY,
            "serving",
            new Conditions(false, true, false),
            "draining",
            Conditions.DRAINING,
            "gone",
            Conditions.GONE,
            "published",
            new Conditions(true, false, false),
            "published-gone",
            new Conditions(true, false, true),
            "published-draining",
            new Conditions(true, true, true));

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(
            resources = "/endpoint-choice.txt",
            delimiter = '|',
            useHeadersInDisplayName = false,
            nullValues = "-",
            numLinesToSkip = 1)
    void choosesAsKubeProxyDoes(
            String name,
            String policy,
            @Nullable String node,
            @Nullable String zone,
            @Nullable String endpoints,
            String chosen) {
        VirtualTime time = new VirtualTime();
        ServiceTraits traits = new ServiceTraits(
                InternalTrafficPolicy.valueOf(policy.toUpperCase(Locale.ROOT)), Duration.ZERO, PodLabels.KNOWN);
        StaticSource source = StaticSource.empty().set("skippy", parse(endpoints), traits);
        try (ServiceResolver resolver = ServiceResolver.builder()
                .source(source)
                .cluster(new ClusterContext("shield", "cluster.local"))
                .topology(Topology.of(node, zone))
                .balancer(Balancers.roundRobin())
                .time(time::nanoTime, time)
                .build()) {
            ServiceHandle skippy = resolver.service("skippy");
            time.runDue();
            assertThat(picked(skippy)).as(name).isEqualTo(expected(chosen));
        }
    }

    private static Set<String> picked(ServiceHandle skippy) {
        Set<String> picked = new TreeSet<>();
        try {
            for (int i = 0; i < Math.max(1, skippy.endpoints().size()); i++) {
                picked.add(letter(skippy.resolve()));
            }
        } catch (NoEndpointsException none) {
            assertThat(picked).isEmpty();
        }
        return picked;
    }

    private static Set<String> expected(String chosen) {
        return chosen.equals("none") ? Set.of() : Set.of(chosen.split(" "));
    }

    private static String letter(Endpoint endpoint) {
        int number = Integer.parseInt(endpoint.address().substring("10.0.0.".length()));
        return Character.toString('a' + number - 1);
    }

    private static List<Endpoint> parse(@Nullable String endpoints) {
        return endpoints == null
                ? List.of()
                : Arrays.stream(endpoints.split("; *"))
                        .map(EndpointChoiceTest::endpoint)
                        .toList();
    }

    /** {@code a:n1/za ready zones=za,zb nodes=n1}. */
    private static Endpoint endpoint(String text) {
        List<String> words = List.of(text.split(" +"));
        String[] place = words.get(0).substring(2).split("/", 2);
        Conditions conditions = Objects.requireNonNull(KINDS.get(words.get(1)), text);
        return Endpoint.builder("10.0.0." + (text.charAt(0) - 'a' + 1), 8080)
                .nodeName(known(place[0]))
                .zone(known(place[1]))
                .conditions(conditions)
                .hints(new Hints(named("nodes=", words), named("zones=", words)))
                .build();
    }

    private static @Nullable String known(String place) {
        return place.equals("-") ? null : place;
    }

    private static Set<String> named(String prefix, List<String> words) {
        return words.stream()
                .filter(word -> word.startsWith(prefix))
                .findFirst()
                .map(word -> Set.of(word.substring(prefix.length()).split(",")))
                .orElse(Set.of());
    }
}
