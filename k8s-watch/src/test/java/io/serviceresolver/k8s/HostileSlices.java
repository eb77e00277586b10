package io.serviceresolver.k8s;

import static io.serviceresolver.k8s.WatchLab.skippy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serviceresolver.testkit.SliceJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What no well-behaved controller writes, and what becomes of it. The object is the slice {@code h} of the Service {@code
 * skippy} with one Pod, 127.0.0.3, at port http 8080, but for what the row says of it.
 */
final class HostileSlices {

    private static final String POD = "127.0.0.3:8080";
    private static final String NOTHING = "";
    private static final String LONG = "x".repeat(100_000);

    private HostileSlices() {}

    /**
     * A row.
     *
     * @param what what is odd
     * @param object the object
     * @param served what is served of it
     * @param logged the one line that the log has of it, after the name of the object; empty for none
     */
    record Row(String what, ObjectNode object, String served, String logged) {

        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Row> rows() {
        return Stream.of(identity(), containers(), ports(), addresses(), conditions(), texts())
                .flatMap(rows -> rows);
    }

    /** None of ours: not a word. */
    private static Stream<Row> identity() {
        return Stream.of(
                row("no metadata", pod().edit(json -> json.remove("metadata")), NOTHING, ""),
                row("null metadata", pod().edit(json -> json.putNull("metadata")), NOTHING, ""),
                row("metadata of another type", pod().edit(json -> json.put("metadata", 7)), NOTHING, ""),
                row("no name", pod().edit(json -> metadata(json).remove("name")), NOTHING, ""),
                row("null name", pod().edit(json -> metadata(json).putNull("name")), NOTHING, ""),
                row("another kind", pod().edit(json -> json.put("kind", "Pod")), NOTHING, ""),
                row("a Status", pod().edit(json -> json.put("kind", "Status")), NOTHING, ""),
                row("another namespace", pod().namespace("other"), NOTHING, ""),
                row("another Service", pod().service("other"), NOTHING, ""),
                row("no label", pod().edit(json -> metadata(json).putObject("labels")), NOTHING, ""),
                row("null labels", pod().edit(json -> metadata(json).putNull("labels")), NOTHING, ""));
    }

    private static Stream<Row> containers() {
        return Stream.of(
                row("no endpoints", pod().edit(json -> json.remove("endpoints")), NOTHING, ""),
                row("null endpoints", pod().edit(json -> json.putNull("endpoints")), NOTHING, ""),
                row("no ports", pod().edit(json -> json.remove("ports")), NOTHING, ""),
                row("null ports", pod().edit(json -> json.putNull("ports")), NOTHING, ""),
                row(
                        "endpoints as a map",
                        with("endpoints", "{\"a\":{\"addresses\":[\"127.0.0.4\"]}}"),
                        NOTHING,
                        "endpoints: {"),
                row(
                        "endpoints as a text",
                        with("endpoints", "\"127.0.0.4\""),
                        NOTHING,
                        "endpoints: \"127.0.0.4\" (expected: a list)"),
                row(
                        "ports as a map",
                        with("ports", "{\"http\":80}"),
                        NOTHING,
                        "ports: {\"http\":80} (expected: a list)"),
                row(
                        "null among the endpoints",
                        pod().edit(json -> json.withArrayProperty("endpoints").addNull()),
                        POD,
                        "endpoints[1].addresses[0]:  (expected: an IPv4 address)"),
                row("one Pod 300 times", times(300), POD, ""));
    }

    private static Stream<Row> ports() {
        return Stream.of(
                row("no port number", port("{'name':'http'}"), NOTHING, ""),
                row("null port number", port("{'name':'http','port':null}"), NOTHING, ""),
                row("port 0", port("{'name':'http','port':0}"), NOTHING, ""),
                row("no port name", port("{'port':8080}"), NOTHING, ""),
                row("null port name", port("{'name':null,'port':8080}"), NOTHING, ""),
                row("another name", port("{'name':'web','port':8080}"), NOTHING, ""),
                row("UDP only", port("{'name':'http','port':8080,'protocol':'UDP'}"), NOTHING, ""),
                row("SCTP only", port("{'name':'http','port':8080,'protocol':'SCTP'}"), NOTHING, ""),
                row("null protocol", port("{'name':'http','port':8080,'protocol':null}"), POD, ""),
                row(
                        "TCP after UDP",
                        port("{'name':'http','port':53,'protocol':'UDP'},{'name':'http','port':8080}"),
                        POD,
                        ""),
                row(
                        "port 70000",
                        port("{'name':'http','port':70000}"),
                        NOTHING,
                        "ports[0].port: 70000 (expected: 1 to 65535)"),
                row("port -1", port("{'name':'http','port':-1}"), NOTHING, "ports[0].port: -1 (expected: 1 to 65535)"),
                row(
                        "port of 33 bits",
                        port("{'name':'http','port':4294975376}"),
                        NOTHING,
                        "ports[0].port: 4294975376 (expected"),
                row(
                        "a text for a port",
                        port("{'name':'http','port':'8080'}"),
                        NOTHING,
                        "ports[0].port: \"8080\" (expected: 1 to 65535)"),
                row(
                        "a fraction for a port",
                        port("{'name':'http','port':8080.5}"),
                        NOTHING,
                        "ports[0].port: 8080.5 (expected"),
                row(
                        "two of one name",
                        port("{'name':'http','port':8080},{'name':'http','port':9090}"),
                        POD,
                        "ports[1].name: http (expected: no other port of that name)"),
                row(
                        "a number for a name",
                        port("{'name':7,'port':8080}"),
                        NOTHING,
                        "ports[0].name: 7 (expected: a DNS label)"),
                row(
                        "a name of control characters",
                        port("{'name':'a\\nb\\u001b[0m','port':1},{'name':'http','port':8080}"),
                        POD,
                        "ports[0].name: \"a\\nb\\u001B[0m\" (expected: a DNS label)"),
                row(
                        "a very long name",
                        port("{'name':'" + LONG + "','port':1},{'name':'http','port':8080}"),
                        POD,
                        "ports[0].name: \"xxxx"),
                row("a port that is none", port("7,null,[],{'name':'http','port':8080}"), POD, ""));
    }

    private static Stream<Row> addresses() {
        Stream<Row> refused = Stream.of(
                        "",
                        "metadata.google.internal",
                        "010.1.1.1",
                        "10.1.1",
                        "2130706433",
                        "0x7f.0.0.1",
                        "::1",
                        "::ffff:10.0.0.1",
                        "10.0.0.1%eth0",
                        "fe80::1%eth0",
                        "10.0.0.1 ",
                        "\u0661\u0660.0.0.1")
                .map(literal -> row(
                        "address " + literal,
                        with("endpoints", "[{\"addresses\":[\"" + literal + "\"]}]"),
                        NOTHING,
                        "endpoints[0].addresses[0]: "));
        Stream<Row> types = Stream.of("FQDN", "", "ipv4", "IPv5")
                .map(type -> row(
                        "addressType " + type,
                        pod().type(type),
                        NOTHING,
                        "addressType: " + type + " (expected: IPv4 or IPv6)"));
        Stream<Row> others = Stream.of(
                row(
                        "no addressType",
                        pod().edit(json -> json.remove("addressType")),
                        NOTHING,
                        "addressType:  (expected"),
                row("IPv4 in a slice of IPv6", pod().type("IPv6"), NOTHING, "(expected: an IPv6 address)"),
                row(
                        "no address",
                        with("endpoints", "[{\"addresses\":[]}]"),
                        NOTHING,
                        "endpoints[0].addresses[0]:  (expected"),
                row(
                        "null address",
                        with("endpoints", "[{\"addresses\":[null]}]"),
                        NOTHING,
                        "endpoints[0].addresses[0]: "),
                row(
                        "a number for an address",
                        with("endpoints", "[{\"addresses\":[2130706433]}]"),
                        NOTHING,
                        "addresses[0]: 2130706433 ("),
                row("100 addresses", with("endpoints", hundred()), POD, ""),
                row(
                        "a bad one before a good one",
                        with("endpoints", "[{\"addresses\":[\"x\"]},{\"addresses\":[\"127.0.0.3\"]}]"),
                        POD,
                        "endpoints[0].addresses[0]: x (expected: an IPv4 address)"));
        return Stream.of(refused, types, others).flatMap(rows -> rows);
    }

    private static Stream<Row> conditions() {
        return Stream.of(
                row("null conditions", conditions("null"), POD, ""),
                row(
                        "each condition null",
                        conditions("{\"ready\":null,\"serving\":null,\"terminating\":null}"),
                        POD,
                        ""),
                row(
                        "conditions as a text",
                        conditions("\"ready\""),
                        NOTHING,
                        "endpoints[0].conditions: \"ready\" (expected: an object)"),
                row(
                        "a text for ready",
                        conditions("{\"ready\":\"no\"}"),
                        NOTHING,
                        "endpoints[0].conditions.ready: \"no\" (expected: true or false)"),
                row(
                        "a number for terminating",
                        conditions("{\"terminating\":1}"),
                        NOTHING,
                        "endpoints[0].conditions.terminating: 1"));
    }

    /** Text that only says where a Pod is: served, and said nowhere. */
    private static Stream<Row> texts() {
        return Stream.of("zone", "nodeName", "hostname")
                .flatMap(field -> Stream.of("a\nb\u001b[31m\u0000", LONG)
                        .map(text -> row(
                                field + " of " + text.length() + " odd characters",
                                skippy("h").endpoint("127.0.0.3", endpoint -> endpoint.put(field, text)),
                                POD,
                                "")));
    }

    private static Row row(String what, SliceJson slice, String served, String logged) {
        return new Row(what, slice.json(), served, logged);
    }

    private static SliceJson pod() {
        return skippy("h").pod("127.0.0.3", "pod-3");
    }

    private static SliceJson with(String field, String json) {
        return pod().edit(slice -> slice.set(field, tree(json)));
    }

    private static SliceJson port(String ports) {
        return with("ports", "[" + ports.replace('\'', '"') + "]");
    }

    private static SliceJson conditions(String json) {
        return skippy("h").endpoint("127.0.0.3", endpoint -> endpoint.set("conditions", tree(json)));
    }

    private static SliceJson times(int count) {
        SliceJson slice = skippy("h");
        IntStream.range(0, count).forEach(i -> slice.pod("127.0.0.3", "pod-3"));
        return slice;
    }

    private static String hundred() {
        StringBuilder addresses = new StringBuilder("\"127.0.0.3\"");
        IntStream.range(100, 199)
                .forEach(i -> addresses.append(",\"127.0.1.").append(i).append('"'));
        return "[{\"addresses\":[" + addresses + "]}]";
    }

    private static ObjectNode metadata(ObjectNode json) {
        return json.withObjectProperty("metadata");
    }

    private static JsonNode tree(String json) {
        try {
            return Json.tree(json.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
