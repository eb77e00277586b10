package io.serviceresolver.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What endpoints share, and what they give back whatever they share. */
class EndpointPartsTest {

    private final EndpointParts parts = new EndpointParts();

    /** All strings anew, as a reader makes them. */
    private static Endpoint pod(int number) {
        return Endpoint.builder("10.0." + number / 250 + "." + number % 250, 8080)
                .uid(new UUID(number, 7).toString())
                .podName("skippy-7d9c6b5f4-" + Integer.toString(number + 100_000, 36))
                .nodeName("node-" + number % 10)
                .zone("zone-" + number % 2)
                .labels(Map.of("node", "node-" + number % 10))
                .appProtocol("http" + "")
                .build();
    }

    @Test
    void sharesWhatEndpointsHaveInCommonAndNothingElse() {
        List<Endpoint> pods =
                IntStream.range(0, 1000).mapToObj(n -> parts.share(pod(n))).toList();
        assertThat(pods)
                .containsExactlyElementsOf(IntStream.range(0, 1000)
                        .mapToObj(EndpointPartsTest::pod)
                        .toList());
        for (int i = 10; i < pods.size(); i++) {
            assertThat(pods.get(i).replica()).isSameAs(pods.get(0).replica());
            assertThat(pods.get(i).placement()).isSameAs(pods.get(i % 10).placement());
        }
        assertThat(pods.get(1).placement()).isNotSameAs(pods.get(0).placement());
    }

    @Test
    void leavesAnEndpointAsItIsThatSharesAlready() {
        Endpoint first = parts.share(pod(1));
        assertThat(parts.share(first)).isSameAs(first);
        assertThat(parts.share(pod(1))).isNotSameAs(first).isEqualTo(first);
    }

    @Test
    void staysSharedInWhatIsMadeOfAnEndpoint() {
        Endpoint shared = parts.share(pod(1));
        Endpoint other =
                shared.toBuilder().port(9090).podName("skippy-7d9c6b5f4-other").build();
        assertThat(other.replica()).isSameAs(shared.replica());
        assertThat(other.placement()).isSameAs(shared.placement());
        Endpoint ended = shared.toBuilder().conditions(Conditions.GONE).build();
        assertThat(ended.placement()).isSameAs(shared.placement());
        assertThat(ended.replica()).isNotEqualTo(shared.replica());
    }

    @Test
    void makesNothingForAnEndpointOfWhichNothingIsKnown() {
        Endpoint one = Endpoint.of("10.0.0.1", 80);
        Endpoint other = Endpoint.of("10.0.0.2", 80);
        assertThat(one.placement()).isSameAs(other.placement());
        assertThat(one.replica()).isSameAs(other.replica());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "--",
                "a",
                "-a",
                "a-",
                "skippy-7d9c6b5f4-x2x7k",
                "web-0",
                "web-12345678",
                "web-123456789",
                "12345678",
                "123456789",
                "a-\u00ff\u00fe",
                "a-\u0100",
                "a-\u0000b",
                "a-b\u0000",
                "a-\ud83e\udd98",
                "-\u00e9-\u00e8",
            })
    void givesTheNameOfThePodBackHoweverItIsDivided(String name) {
        Endpoint pod = Endpoint.builder("10.0.0.1", 80).podName(name).build();
        assertThat(pod.podName()).contains(name);
        assertThat(pod.toBuilder().build()).isEqualTo(pod);
        Endpoint host = pod.toBuilder().hostname(name).build();
        assertThat(host.hostname()).contains(name);
        assertThat(host).isNotEqualTo(pod);
        assertThat(host.toBuilder().podName(name + "-1").build().hostname()).contains(name);
        assertThat(host.toBuilder().podName(null).build().hostname()).contains(name);
    }

    @Test
    void tellsApartNamesThatAreDividedElsewhere() {
        List<UnaryOperator<Endpoint.Builder>> names = List.of(
                pod -> pod,
                pod -> pod.podName(""),
                pod -> pod.podName("a-b"),
                pod -> pod.podName("a-"),
                pod -> pod.podName("a-bc"),
                pod -> pod.podName("a-b").hostname("a-b"),
                pod -> pod.podName("a-b").hostname("a-bc"));
        List<Endpoint> pods = names.stream()
                .map(name -> name.apply(Endpoint.builder("10.0.0.1", 80)).build())
                .toList();
        assertThat(pods).doesNotHaveDuplicates();
    }
}
