package io.serviceresolver.http;

import static java.net.http.HttpResponse.BodyHandlers.buffering;
import static java.net.http.HttpResponse.BodyHandlers.discarding;
import static java.net.http.HttpResponse.BodyHandlers.fromLineSubscriber;
import static java.net.http.HttpResponse.BodyHandlers.fromSubscriber;
import static java.net.http.HttpResponse.BodyHandlers.ofByteArray;
import static java.net.http.HttpResponse.BodyHandlers.ofByteArrayConsumer;
import static java.net.http.HttpResponse.BodyHandlers.ofFile;
import static java.net.http.HttpResponse.BodyHandlers.ofInputStream;
import static java.net.http.HttpResponse.BodyHandlers.ofLines;
import static java.net.http.HttpResponse.BodyHandlers.ofPublisher;
import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static java.net.http.HttpResponse.BodyHandlers.replacing;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.call.Outcome;
import io.serviceresolver.testkit.PodServer;
import io.serviceresolver.testkit.PodSocket;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** When a call ends, whatever is done with its body. */
class BodyTest {

    private static final String HALF = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf";

    private final PodServer pod = PodServer.start("pod-1", "127.0.1.1", 0);
    private final Skippy skippy = Skippy.at(pod);

    @TempDir
    private Path directory;

    @AfterEach
    void stop() {
        skippy.close();
        pod.close();
    }

    private static Map<String, BodyHandler<?>> handlers(Path directory) {
        return Map.ofEntries(
                Map.entry("string", ofString()),
                Map.entry("bytes", ofByteArray()),
                Map.entry("nothing", discarding()),
                Map.entry("replacing", replacing("else")),
                Map.entry("file", ofFile(directory.resolve("body"))),
                Map.entry("consumer", ofByteArrayConsumer(bytes -> {})),
                Map.entry("subscriber", fromSubscriber(new Reader<>(Reader.Until.END))),
                Map.entry("lines", fromLineSubscriber(new Reader<>(Reader.Until.END))),
                Map.entry("buffering", buffering(ofString(), 3)),
                Map.entry("mapping", head -> BodySubscribers.mapping(BodySubscribers.ofString(UTF_8), String::length)));
    }

    static Stream<String> names() {
        return handlers(Path.of(".")).keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("names")
    void endsBeforeTheCallerHasABodyThatIsRead(String name) throws Exception {
        BodyHandler<?> handler = Objects.requireNonNull(handlers(directory).get(name));
        HttpRequest head = HttpRequest.newBuilder(Skippy.ROOT)
                .method("HEAD", BodyPublishers.noBody())
                .build();
        for (Way way : Way.values()) {
            assertThat(way.call(skippy.client, Skippy.get(), handler).statusCode())
                    .isEqualTo(200);
            way.call(skippy.client, head, handler);
            pod.status(204);
            way.call(skippy.client, Skippy.get(), handler);
            pod.status(200);
            assertThat(skippy.stats().inFlight()).isZero();
        }
        assertThat(skippy.stats().completed(Outcome.SUCCESS)).isEqualTo(6);
    }

    @ParameterizedTest
    @EnumSource
    void aStreamCountsUntilItIsRead(Way way) throws Exception {
        InputStream body =
                way.call(skippy.client, Skippy.get(), ofInputStream()).body();
        assertThat(body.readAllBytes()).asString().isEqualTo("pod-1");
        skippy.assertEnded(Outcome.SUCCESS);
        body.close();
        skippy.assertEnded(Outcome.SUCCESS);
    }

    @ParameterizedTest
    @EnumSource
    void aStreamCountsUntilItIsClosed(Way way) throws Exception {
        try (PodSocket endless = PodSocket.start("127.0.1.9", 0, PodSocket.endlessBody());
                Skippy other = Skippy.at(endless)) {
            InputStream body =
                    way.call(other.client, Skippy.get(), ofInputStream()).body();
            assertThat(body.readNBytes(10_000)).hasSize(10_000);
            assertThat(other.stats().inFlight()).isEqualTo(1);
            body.close();
            other.assertEnded(Outcome.CANCELLED);
            endless.awaitIdle();
        }
    }

    @Test
    void aPublisherCountsUntilItsSubscriberCancels() throws Exception {
        try (PodSocket endless = PodSocket.start("127.0.1.9", 0, PodSocket.endlessBody());
                Skippy other = Skippy.at(endless)) {
            var publisher = other.client.send(Skippy.get(), ofPublisher()).body();
            assertThat(other.stats().inFlight()).isEqualTo(1);
            Reader<List<ByteBuffer>> reader = new Reader<>(Reader.Until.FIRST_BUFFER);
            publisher.subscribe(reader);
            reader.awaitEnd();
            other.awaitEnded(Outcome.CANCELLED);
            endless.awaitIdle();
        }
    }

    @Test
    void aStreamOfLinesCountsUntilItIsClosed() throws Exception {
        try (PodSocket half = PodSocket.start("127.0.1.9", 0, PodSocket.stallingAfter(HALF));
                Skippy other = Skippy.at(half)) {
            try (Stream<String> lines =
                    other.client.send(Skippy.get(), ofLines()).body()) {
                assertThat(other.stats().inFlight()).isEqualTo(1);
                assertThat(lines).isNotNull();
            }
            other.awaitEnded(Outcome.CANCELLED);
            half.awaitIdle();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aServerErrorIsOneWhetherOrNotItsBodyIsRead(Way way) throws Exception {
        String answer = HALF.replace("200 OK", "503 Unavailable");
        try (PodSocket half = PodSocket.start("127.0.1.9", 0, PodSocket.stallingAfter(answer));
                Skippy other = Skippy.at(half)) {
            HttpResponse<InputStream> response = way.call(other.client, Skippy.get(), ofInputStream());
            assertThat(response.statusCode()).isEqualTo(503);
            response.body().close();
            other.awaitEnded(Outcome.SERVER_ERROR);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aHandlerThatThrowsEndsTheCall(Way way) {
        BodyHandler<String> throwing = head -> {
            throw new IllegalStateException("status " + head.statusCode());
        };
        assertThatThrownBy(() -> way.call(skippy.client, Skippy.get(), throwing))
                .hasMessageContaining("status 200");
        skippy.assertEnded(Outcome.UNREPORTED);
        pod.status(503);
        assertThatThrownBy(() -> way.call(skippy.client, Skippy.get(), throwing))
                .hasMessageContaining("status 503");
        skippy.assertEnded(Outcome.UNREPORTED, Outcome.SERVER_ERROR);
    }

    @ParameterizedTest
    @EnumSource
    void aSubscriberThatFailsEndsTheCallAndIsNotThePodsFault(Way way) {
        for (FailingSubscriber.Where where : FailingSubscriber.Where.values()) {
            assertThatThrownBy(() -> way.call(skippy.client, Skippy.get(), head -> new FailingSubscriber(where)))
                    .as(where.toString())
                    .hasMessageContaining("failing");
            // The caller may know before the thread of the subscriber that cancels has let go of the call.
            Skippy.await("it ends at " + where, () -> skippy.stats().inFlight() == 0);
        }
        assertThat(skippy.stats().completed(Outcome.IO_ERROR)).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aBodyThatCannotBeMappedCameAllTheSame(Way way) {
        BodyHandler<Integer> mapping =
                head -> BodySubscribers.mapping(BodySubscribers.ofString(UTF_8), Integer::parseInt);
        assertThatThrownBy(() -> way.call(skippy.client, Skippy.get(), mapping)).hasMessageContaining("pod-1");
        skippy.assertEnded(Outcome.SUCCESS);
    }

    @ParameterizedTest
    @EnumSource(names = {"SUBSCRIBED", "FIRST_BUFFER"})
    void aSubscriberThatCancelsEndsTheCall(Reader.Until until) throws Exception {
        try (PodSocket endless = PodSocket.start("127.0.1.9", 0, PodSocket.endlessBody());
                Skippy other = Skippy.at(endless)) {
            BodyHandler<Void> cancelling = fromSubscriber(new Reader<>(until));
            CompletableFuture<HttpResponse<Void>> future = other.client.sendAsync(Skippy.get(), cancelling);
            other.awaitEnded(Outcome.CANCELLED);
            endless.awaitIdle();
            future.cancel(true);
        }
    }
}
