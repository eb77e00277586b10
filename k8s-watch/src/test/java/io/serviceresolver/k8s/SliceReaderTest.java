package io.serviceresolver.k8s;

import static io.serviceresolver.k8s.WatchLab.skippy;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import io.serviceresolver.endpoint.Conditions;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.EndpointParts;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.endpoint.ServicePort;
import io.serviceresolver.testkit.SliceJson;
import io.serviceresolver.testkit.VirtualTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What a slice says, however it is written. */
class SliceReaderTest {

    private static final ServiceName SKIPPY = new ServiceName("skippy", "shield", ServicePort.ONLY);

    private final Logger log = (Logger) LoggerFactory.getLogger(SliceReaderTest.class);
    private final ListAppender<ILoggingEvent> said = new ListAppender<>();
    private final VirtualTime time = new VirtualTime();
    private final SliceReader reader =
            new SliceReader(SKIPPY, new Complaints(log, time::nanoTime), new EndpointParts());

    @BeforeEach
    void listen() {
        said.start();
        log.addAppender(said);
        log.setAdditive(false);
    }

    @AfterEach
    void stopListening() {
        log.detachAppender(said);
    }

    private List<String> warnings() {
        return said.list.stream()
                .filter(event -> event.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private Slice read(SliceJson json) {
        return reader.read(json.json()).orElseThrow();
    }

    private String addresses(SliceJson json) {
        return read(json).endpoints().stream().map(Endpoint::address).collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @CsvSource({
        "{}, true, true, false",
        "{\"conditions\":null}, true, true, false",
        "{\"conditions\":{}}, true, true, false",
        "'{\"conditions\":{\"ready\":null,\"serving\":null,\"terminating\":null}}', true, true, false",
        "{\"conditions\":{\"ready\":false}}, false, true, false",
        "{\"conditions\":{\"serving\":false}}, true, false, false",
        "{\"conditions\":{\"terminating\":true}}, true, true, true",
    })
    void givesEachMissingConditionItsOwnDefault(String json, boolean ready, boolean serving, boolean terminating)
            throws Exception {
        JsonNode fields = Json.tree(json.getBytes(StandardCharsets.UTF_8));
        SliceJson slice = skippy("a")
                .endpoint(
                        "10.0.0.1",
                        endpoint ->
                                fields.properties().forEach(field -> endpoint.set(field.getKey(), field.getValue())));
        assertThat(read(slice).endpoints().get(0).conditions()).isEqualTo(new Conditions(ready, serving, terminating));
    }

    @Test
    void readsNullForAllThatMayBeMissing() {
        SliceJson empty = SliceJson.slice("a")
                .namespace("shield")
                .service("skippy")
                .edit(json -> {
                    json.putNull("endpoints");
                    json.putNull("ports");
                });
        assertThat(read(empty).endpoints()).isEmpty();
        assertThat(read(empty).ports()).isEmpty();
        SliceJson nulls = skippy("a")
                .edit(json -> json.withArrayProperty("endpoints").addNull())
                .edit(json -> json.withArrayProperty("ports").addNull())
                .endpoint(
                        "10.0.0.1",
                        endpoint -> endpoint.putNull("targetRef")
                                .putNull("nodeName")
                                .putNull("zone")
                                .putNull("hostname")
                                .putNull("hints"));
        assertThat(read(nulls).endpoints()).hasSize(1);
        assertThat(read(nulls).endpoints().get(0).id().uid()).isNull();
        assertThat(read(nulls).endpoints().get(0).labels()).isEmpty();
        assertThat(read(nulls).ports()).hasSize(1);
    }

    @Test
    void takesTheFirstAddressOnly() {
        SliceJson slice = skippy("a")
                .endpoint(
                        "10.0.0.1",
                        endpoint -> endpoint.withArrayProperty("addresses").add("10.0.0.2"));
        assertThat(addresses(slice)).isEqualTo("10.0.0.1");
    }

    @Test
    void knowsPodsByNameAndUidAndOthersByNeither() {
        SliceJson slice = skippy("a")
                .pod("10.0.0.1", "skippy-1")
                .endpoint(
                        "10.0.0.2",
                        endpoint -> endpoint.putObject("targetRef")
                                .put("kind", "Node")
                                .put("name", "node-1")
                                .put("uid", "uid-of-node-1"));
        assertThat(read(slice).endpoints())
                .extracting(endpoint -> endpoint.id().uid())
                .containsExactly("uid-of-skippy-1", null);
        assertThat(read(slice).endpoints())
                .extracting(Endpoint::podName)
                .containsExactly(Optional.of("skippy-1"), Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"FQDN", "", "ipv4", "IPv5"})
    void refusesAddressTypesThatMeanNothing(String type) {
        assertThat(reader.read(skippy("a").type(type).pod("10.0.0.1", "p").json()))
                .isEmpty();
        assertThat(warnings())
                .containsExactly("EndpointSlice shield/a: skipped addressType: " + type + " (expected: IPv4 or IPv6)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "metadata.google.internal",
                "010.1.1.1",
                "10.1.1",
                "2130706433",
                "0x7f.0.0.1",
                "10.1.1.1 ",
                "10.1.1.256",
                "::1",
                "::ffff:10.0.0.1",
                "",
                "10.0.0.1%eth0",
                "\u0661\u0660.0.0.1",
            })
    void skipsWhatIsNoIpv4LiteralAndKeepsTheRest(String literal) {
        assertThat(addresses(skippy("a").pod("10.0.0.1", "p").pod(literal, "q").pod("10.0.0.3", "r")))
                .isEqualTo("10.0.0.1 10.0.0.3");
        assertThat(warnings()).hasSize(1);
        assertThat(warnings().get(0)).contains("EndpointSlice shield/a", "endpoints[1].addresses[0]", "IPv4 address");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "fe80::1%eth0", "::ffff:10.0.0.1", "[fd00::1]", "fd00::g", "1:2:3:4:5:6:7:8:9"})
    void skipsWhatIsNoIpv6Literal(String literal) {
        assertThat(addresses(skippy("a").type("IPv6").pod(literal, "q").pod("fd00:0:0::3", "r")))
                .isEqualTo("fd00::3");
    }

    @Test
    void skipsEndpointsWithoutAnAddress() {
        SliceJson slice = skippy("a").edit(json -> {
            json.withArrayProperty("endpoints").addObject().putArray("addresses");
            json.withArrayProperty("endpoints").addObject().putNull("addresses");
            json.withArrayProperty("endpoints").addObject();
            json.withArrayProperty("endpoints").add("10.0.0.1");
        });
        assertThat(read(slice).endpoints()).isEmpty();
    }

    @Test
    void complainsOnceAMinuteAndCountsTheRest() {
        SliceJson bad = skippy("a").pod("x", "p").pod("y", "q").pod("z", "r");
        read(bad);
        read(bad);
        assertThat(warnings()).hasSize(1);
        time.advance(Duration.ofMinutes(1));
        read(bad);
        assertThat(warnings()).hasSize(2);
        assertThat(warnings().get(1)).endsWith("(and 5 more like it before)");
    }

    @Test
    void showsNoControlCharactersOfRemoteText() {
        read(skippy("a").pod("1\n2\u001b[0m" + "x".repeat(300), "p"));
        assertThat(warnings().get(0)).contains("1\\u000a2\\u001b[0mxxx").hasSizeLessThan(300);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":null,\"port\":80}",
                "{\"port\":80}",
                "{\"name\":\"x\"}",
                "{\"name\":\"x\",\"port\":null}",
                "{\"name\":\"x\",\"port\":0}",
                "{\"name\":\"x\",\"port\":-1}",
                "{\"name\":\"x\",\"port\":70000}",
                "{\"name\":\"x\",\"port\":4294967376}",
                "{\"name\":\"x\",\"port\":\"eighty\"}",
                "{\"name\":\"x\",\"port\":80,\"protocol\":\"UDP\"}",
                "{\"name\":\"x\",\"port\":80,\"protocol\":\"SCTP\"}",
                "{\"name\":7,\"port\":80}",
                "7",
            })
    void ignoresPortsThatCannotBeCalled(String json) throws Exception {
        JsonNode port = Json.tree(json.getBytes(StandardCharsets.UTF_8));
        SliceJson slice =
                skippy("a").edit(slices -> slices.withArrayProperty("ports").add(port));
        assertThat(read(slice).ports()).containsExactly(new SlicePort("http", 8080, null));
    }

    @Test
    void takesPortsWithoutProtocolForTcpAndReadsAppProtocol() {
        SliceJson slice =
                skippy("a").port(port -> port.put("name", "").put("port", 9).put("appProtocol", "https"));
        assertThat(read(slice).ports()).contains(new SlicePort("", 9, "https"));
    }

    @Test
    void ignoresSlicesOfOthers() {
        assertThat(reader.concerns(skippy("a").json())).isTrue();
        assertThat(reader.concerns(skippy("a").namespace("other").json())).isFalse();
        assertThat(reader.concerns(skippy("").json())).isFalse();
        assertThat(reader.concerns(
                        skippy("a").edit(json -> json.put("kind", "Pod")).json()))
                .isFalse();
        assertThat(reader.concerns(
                        skippy("a").edit(json -> json.remove("metadata")).json()))
                .isFalse();
        assertThat(reader.read(skippy("a").service("other").json())).isEmpty();
        assertThat(reader.read(SliceJson.slice("a").namespace("shield").json())).isEmpty();
        assertThat(warnings()).isEmpty();
    }

    /** Any value anywhere: nothing may be thrown. */
    @Test
    void neverThrowsWhateverIsSent() throws Exception {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        String[] values = {"null", "true", "-1", "1e400", "\"\"", "\"x\"", "[]", "{}", "[null]", "[[{}]]", "1.5"};
        String[] paths = {"metadata", "labels", "addressType", "endpoints", "ports", "addresses", "conditions", "zone"};
        String json = skippy("a").pod("10.0.0.1", "p", true, true, false).json().toString();
        for (int i = 0; i < 20_000; i++) {
            String field = "\"" + paths[random.nextInt(paths.length)] + "\":";
            String changed = json.replaceFirst(
                    field + "(\"[^\"]*\"|\\[[^\\]]*\\]|\\{[^}]*\\})", field + values[random.nextInt(values.length)]);
            JsonNode tree;
            try {
                tree = Json.tree(changed.getBytes(StandardCharsets.UTF_8));
            } catch (java.io.IOException e) {
                continue;
            }
            try {
                if (reader.concerns(tree)) {
                    reader.read(tree);
                }
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + changed, e);
            }
        }
    }
}
