package io.serviceresolver.k8s;

import static io.serviceresolver.k8s.WatchLab.slice;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.k8s.HostileSlices.Row;
import io.serviceresolver.testkit.ApiFault;
import io.serviceresolver.testkit.ApiVerb;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Objects as nobody should send them: what served before goes on serving, and the log says once what is wrong. */
class HostileObjectTest {

    private static final String GOOD = "found 127.0.0.2:8080";

    private final WatchLab lab = new WatchLab();
    private final CapturedLog log = CapturedLog.of(EndpointSliceSource.class);

    @AfterEach
    void close() {
        log.close();
        lab.close();
    }

    private static String frame(Object object) {
        return "{\"type\":\"ADDED\",\"object\":" + object + "}\n";
    }

    private static String list(Object... items) {
        return "{\"metadata\":{\"resourceVersion\":\"9\"},\"items\":["
                + Arrays.stream(items).map(Object::toString).collect(Collectors.joining(",")) + "]}";
    }

    private static String expected(Row row, String last) {
        return GOOD + (row.served().isEmpty() ? "" : " " + row.served()) + " " + last;
    }

    private void assertLogged(Row row) {
        if (row.logged().isEmpty()) {
            assertThat(log.warnings()).isEmpty();
        } else {
            assertThat(log.warnings()).hasSize(1);
            assertThat(log.warnings().get(0))
                    .startsWith("EndpointSlice shield/h: skipped ")
                    .contains(row.logged())
                    .hasSizeLessThan(500)
                    .matches("[ -~]*");
        }
    }

    @ParameterizedTest
    @MethodSource("io.serviceresolver.k8s.HostileSlices#rows")
    void inAWatch(Row row) {
        lab.server.put(slice("good", "127.0.0.2"));
        Follower follower = lab.watch("skippy:http", GOOD);
        lab.server.send(frame(row.object()));
        lab.server.put(slice("last", "127.0.0.9"));
        lab.until(follower, expected(row, "127.0.0.9:8080"));
        assertLogged(row);
        // The same again, and again: one line a minute.
        lab.server.send(frame(row.object()) + frame(row.object()));
        lab.server.put(slice("last", "127.0.0.9", "127.0.0.10"));
        lab.until(follower, expected(row, "127.0.0.9:8080 127.0.0.10:8080"));
        assertLogged(row);
        assertThat(lab.source.requests()).isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("io.serviceresolver.k8s.HostileSlices#rows")
    void inAList(Row row) {
        lab.server
                .on(ApiVerb.LIST)
                .next(ApiFault.text(list(slice("good", "127.0.0.2"), row.object(), slice("last", "127.0.0.9"))));
        lab.follow("skippy:http", expected(row, "127.0.0.9:8080"));
        assertLogged(row);
    }

    @Test
    void keepsTheOldSetWhereOneObjectOfAListIsABombAndRecovers() {
        lab.server.put(slice("good", "127.0.0.2"));
        Follower follower = lab.watch("skippy:http", GOOD);
        String bomb = "[".repeat(100_000) + "]".repeat(100_000);
        endureAndRecover(
                follower, "{\"kind\":\"EndpointSlice\",\"metadata\":{},\"endpoints\":" + bomb + "}", "nesting depth");
    }

    @Test
    void keepsTheOldSetWhereAnObjectIsTooLargeAndRecovers() {
        lab.server.put(slice("good", "127.0.0.2"));
        Follower follower = lab.watch("skippy:http", GOOD);
        String labels = IntStream.range(0, 500_000)
                .mapToObj(i -> "\"l" + i + "\":\"\"")
                .collect(Collectors.joining(",", "{", "}"));
        endureAndRecover(
                follower,
                "{\"kind\":\"EndpointSlice\",\"metadata\":{\"labels\":" + labels + "}}",
                " bytes (expected: 4194304 at most)");
    }

    /** A watch and all lists have this object: what was known is served on, and one line says why it is not current. */
    private void endureAndRecover(Follower follower, String object, String problem) {
        lab.server.on(ApiVerb.LIST).always(ApiFault.text(list(slice("good", "127.0.0.2"), object)));
        lab.heard(() -> lab.server.send(frame(object)));
        lab.server.awaitWatches(0);
        for (int i = 0; i < 8; i++) {
            lab.nextRequest();
            lab.hear("a list that makes no sense");
        }
        lab.advance(Duration.ofSeconds(5));
        assertThat(follower.answers).hasSize(2);
        assertThat(follower.last())
                .startsWith("unavailable: list endpointslices")
                .contains(problem);
        assertThat(log.warnings()).hasSize(1);
        assertThat(log.warnings().get(0))
                .contains("list endpointslices", problem)
                .matches("[ -~]*");
        lab.server.heal();
        lab.server.put(slice("last", "127.0.0.9"));
        lab.nextRequest();
        lab.until(follower, GOOD + " 127.0.0.9:8080");
    }
}
