package io.serviceresolver.check;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Checks by gRPC of servers that speak HTTP/2 by hand, or something else. */
class GrpcFramesTest {

    private static final int PREFACE = 24;

    private static final byte[] SERVING = {0, 0, 0, 0, 2, 8, 1};

    /** What is to be sent to the client. */
    private final ByteArrayOutputStream answer = new ByteArrayOutputStream();

    /** What the client sent after its call. */
    private final BlockingQueue<String> replies = new LinkedBlockingQueue<>();

    private GrpcFramesTest settings() throws IOException {
        return frame(Frame.SETTINGS, 0, 0);
    }

    private GrpcFramesTest frame(int type, int flags, int stream, int... payload) throws IOException {
        byte[] bytes = new byte[payload.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) payload[i];
        }
        return frame(type, flags, stream, bytes);
    }

    private GrpcFramesTest frame(int type, int flags, int stream, byte[] payload) throws IOException {
        new Frame(type, flags, stream, payload).write(new DataOutputStream(answer));
        return this;
    }

    private GrpcFramesTest bytes(String text) {
        answer.writeBytes(text.getBytes(US_ASCII));
        return this;
    }

    /** What the check finds when a server sends this once it was called, and then reads until the end. */
    private String result() throws Exception {
        RawServer.Behaviour behaviour = connection -> {
            DataInputStream in = new DataInputStream(connection.getInputStream());
            in.readFully(new byte[PREFACE]);
            Frame call = Frame.read(in);
            while (call.type() != Frame.DATA) {
                call = Frame.read(in);
            }
            connection.getOutputStream().write(answer.toByteArray());
            connection.shutdownOutput();
            while (true) {
                Frame reply = Frame.read(in);
                replies.add(reply.type() + (reply.has(Frame.ACK) ? " ack" : "") + " " + reply.payload().length);
            }
        };
        try (RawServer server = RawServer.start(behaviour)) {
            String result = Asking.ask(HealthCheck.grpc(), server.endpoint());
            assertThat(server.ended.poll(30, TimeUnit.SECONDS))
                    .as("the client closes")
                    .isNotNull();
            return result;
        }
    }

    @Test
    void readsAMessageThatComesInPiecesWithPaddingAmongOtherFrames() throws Exception {
        settings()
                .frame(Frame.SETTINGS, Frame.ACK, 0)
                .frame(8, 0, 0, 0, 0, 0, 1)
                .frame(0xbe, 0xff, 7, 1, 2, 3);
        frame(Frame.HEADERS, Frame.END_HEADERS, 1, 0x88);
        frame(Frame.DATA, Frame.PADDED, 1, 3, 0, 0, 0, 9, 9, 9).frame(Frame.DATA, 0, 1);
        frame(Frame.DATA, 0, 1, 0, 7, 8).frame(Frame.DATA, 0, 3, 9, 9, 9);
        frame(Frame.DATA, 0, 1, 1, 0x12, 3, 'a', 'b', 'c');
        assertThat(result()).isEqualTo("passed");
    }

    @Test
    void repliesToSettingsAndPings() throws Exception {
        settings().frame(Frame.PING, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8).frame(Frame.DATA, 0, 1, SERVING);
        assertThat(result()).isEqualTo("passed");
        assertThat(replies.poll(30, TimeUnit.SECONDS)).isEqualTo("4 ack 0");
        assertThat(replies.poll(30, TimeUnit.SECONDS)).isEqualTo("6 ack 8");
    }

    @Test
    void letsACallEndThatAGracefulGoawayLets() throws Exception {
        settings().frame(Frame.GOAWAY, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0).frame(Frame.DATA, 0, 1, SERVING);
        assertThat(result()).isEqualTo("passed");
    }

    @Test
    void failsAtRefusals() throws Exception {
        settings().frame(Frame.GOAWAY, 0, 0, 0, 0, 0, 0, 0, 0, 0, 11);
        assertThat(result()).isEqualTo("connection refused by the server, error 11");
        answer.reset();
        settings().frame(Frame.RST_STREAM, 0, 1, 0, 0, 0, 7);
        assertThat(result()).isEqualTo("call reset by the server, error 7");
        answer.reset();
        settings().frame(Frame.HEADERS, Frame.END_HEADERS | Frame.END_STREAM, 1, 0x88);
        assertThat(result()).isEqualTo("a gRPC error, no health status");
        answer.reset();
        settings();
        assertThat(result()).isEqualTo("closed without a health status");
    }

    @Test
    void failsAtWhatIsNoHttp2() throws Exception {
        for (String other :
                List.of("HTTP/1.1 400 Bad Request\r\n\r\n", "SSH-2.0-OpenSSH_9.6\r\n", "\0\0\0\0\0\0\0\0\0")) {
            answer.reset();
            assertThat(bytes(other).result()).as(other).isEqualTo("no answer of HTTP/2");
        }
        answer.reset();
        assertThat(bytes("hi").result()).isEqualTo("closed without a health status");
    }

    @Test
    void failsAtMessagesThatAreNoHealthStatus() throws Exception {
        assertThat(message(1, 0, 0, 0, 2, 8, 1)).isEqualTo("a compressed health status");
        assertThat(message(0, 0, 0, 4, 1, 8, 1)).isEqualTo("no health status");
        assertThat(message(0, 0x80, 0, 0, 0)).isEqualTo("no health status");
        assertThat(message(0, 0, 0, 0, 2, 8, 4)).isEqualTo("gRPC health state 4");
        assertThat(message(0, 0, 0, 0, 0)).isEqualTo("gRPC health UNKNOWN");
        assertThat(message(0, 0, 0, 0, 1, 8)).isEqualTo("a health status that ends too soon");
        assertThat(message(0, 0, 0, 0, 2, 0x12, 0x7f)).isEqualTo("a health status that ends too soon");
        assertThat(message(0, 0, 0, 0, 1, 0x0b)).isEqualTo("no health status");
        int[] endless = {0, 0, 0, 0, 12, 8, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255};
        assertThat(message(endless)).isEqualTo("no health status");
    }

    private String message(int... bytes) throws Exception {
        answer.reset();
        return settings().frame(Frame.DATA, Frame.END_STREAM, 1, bytes).result();
    }

    @Test
    void readsNoMoreThanItMust() throws Exception {
        settings();
        for (int i = 0; i < 4_000; i++) {
            frame(Frame.PING, Frame.ACK, 0, 1, 2, 3, 4, 5, 6, 7, 8);
        }
        assertThat(result()).isEqualTo("no health status in the first 65536 bytes");
    }

    @Test
    void comesToAnEndWhateverIsSent() throws Exception {
        long seed = 4_711;
        SplittableRandom random = new SplittableRandom(seed);
        List<String> results = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            answer.reset();
            settings();
            for (int n = random.nextInt(6); n > 0; n--) {
                byte[] payload = new byte[random.nextInt(20)];
                random.nextBytes(payload);
                frame(random.nextInt(10), random.nextInt(256), random.nextInt(3), payload);
            }
            results.add(result());
        }
        assertThat(results).as("seed %s", seed).hasSize(100).doesNotContain("passed");
    }
}
