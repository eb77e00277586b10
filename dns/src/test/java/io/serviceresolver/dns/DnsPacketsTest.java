package io.serviceresolver.dns;

import static io.serviceresolver.dns.FollowedService.source;
import static io.serviceresolver.dns.FollowedService.sourceBuilder;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.testkit.DnsReply;
import io.serviceresolver.testkit.DnsServer;
import io.serviceresolver.testkit.DnsTransport;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.Message;

/** Packets that are no answer, before or instead of the answer. */
class DnsPacketsTest {

    private static final String HTTP = "_http._tcp.skippy.shield.svc.cluster.local.";
    private static final String TARGET = "a.skippy.shield.svc.cluster.local.";
    private static final DnsReply RIGHT = answer("10.0.0.1");
    private static final DnsReply POISON = answer("10.6.6.6");

    private final DnsServer server = DnsServer.start();

    @AfterEach
    void close() {
        server.close();
    }

    private static DnsReply answer(String address) {
        return DnsReply.records(List.of(HTTP + " 5 IN SRV 0 1 80 " + TARGET), List.of(TARGET + " 5 IN A " + address));
    }

    /** A reply to the query with this behind its question, and so many records announced. */
    private static DnsReply answerSection(int records, int... bytes) {
        return (query, transport) -> {
            Message plain = new Message(query.toWire());
            plain.removeAllRecords(3);
            byte[] head = plain.toWire();
            byte[] packet = Arrays.copyOf(head, head.length + bytes.length);
            for (int i = 0; i < bytes.length; i++) {
                packet[head.length + i] = (byte) bytes[i];
            }
            packet[2] |= (byte) 0x80;
            packet[7] = (byte) records;
            return List.of(packet);
        };
    }

    static Stream<Arguments> noAnswers() {
        return Stream.of(
                Arguments.of("wrong id", DnsReply.wrongId(POISON)),
                Arguments.of("wrong name", DnsReply.wrongQuestion(POISON, "evil.shield.svc.cluster.local.")),
                Arguments.of("echo", DnsReply.echo()),
                Arguments.of("two bytes", DnsReply.raw((byte) 0, (byte) 0)),
                Arguments.of("no records where some are announced", answerSection(3)),
                Arguments.of("compression loop", answerSection(1, 0xC0, 60, 0, 33, 0, 1, 0, 0, 0, 5, 0, 0)),
                Arguments.of("compression forward", answerSection(1, 0xC0, 250, 0, 33, 0, 1, 0, 0, 0, 5, 0, 0)),
                Arguments.of("rdlength too long", answerSection(1, 0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 5, 255, 255, 10, 0)),
                Arguments.of("rdlength too short", answerSection(1, 0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 5, 0, 2, 10, 0)),
                Arguments.of("truncated record", answerSection(1, 0xC0, 12, 0, 33, 0, 1, 0)),
                Arguments.of(
                        "NOERROR without a question",
                        DnsReply.raw(new byte[] {0, 0, (byte) 0x84, 0, 0, 0, 0, 0, 0, 0, 0, 0})));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("noAnswers")
    void whatIsNoAnswerIsPassedOverForTheAnswerBehindIt(String what, DnsReply noAnswer) {
        server.on(HTTP, "SRV", DnsReply.inARow(noAnswer, noAnswer, RIGHT));
        try (FollowedService skippy = new FollowedService(source(server), "skippy:http")) {
            assertThat(skippy.nextEndpoints()).containsExactly("10.0.0.1:80");
            assertThat(server.queries()).hasSize(1);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("noAnswers")
    void whatIsNoAnswerNeverCountsAsOne(String what, DnsReply noAnswer) {
        DnsReply marked = DnsReply.wrongId(RIGHT);
        server.on(HTTP, "SRV", DnsReply.inARow(noAnswer, noAnswer), marked);
        DnsSource source = sourceBuilder(server).tries(1).build();
        try (FollowedService skippy = new FollowedService(source, "skippy:http")) {
            server.awaitQueries(1);
            assertThat(skippy.advanceMillis(500).nextUnavailable()).startsWith("no answer from 127.0.0.1:");
        }
    }

    @Test
    void theReasonTellsOfIgnoredPackets() {
        DnsReply noise = DnsReply.inARow(DnsReply.wrongId(POISON), DnsReply.echo(), DnsReply.servFail());
        server.on(HTTP, "SRV", noise);
        DnsSource source = sourceBuilder(server).tries(1).build();
        try (FollowedService skippy = new FollowedService(source, "skippy:http")) {
            assertThat(skippy.nextUnavailable())
                    .startsWith("SERVFAIL from 127.0.0.1:")
                    .contains(" (ignored packets: 2, the last with a query in it) ");
        }
    }

    @Test
    void aFloodOfWrongPacketsDoesNotKeepTheRightOneOut() {
        DnsReply[] flood = new DnsReply[150];
        Arrays.fill(flood, DnsReply.wrongId(POISON));
        flood[flood.length - 1] = RIGHT;
        server.on(HTTP, "SRV", DnsReply.inARow(flood));
        try (FollowedService skippy = new FollowedService(source(server), "skippy:http")) {
            assertThat(skippy.nextEndpoints()).containsExactly("10.0.0.1:80");
        }
    }

    @Test
    void whatComesFromAnotherPortIsNotSeen() throws Exception {
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (DatagramSocket real = new DatagramSocket(loopback);
                DatagramSocket spoofer = new DatagramSocket(loopback)) {
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> serveOnce(real, spoofer), thread -> {
                new Thread(thread, "spoofing-server").start();
            });
            DnsSource source = DnsSource.builder()
                    .nameserver((InetSocketAddress) real.getLocalSocketAddress())
                    .build();
            try (FollowedService skippy = new FollowedService(source, "skippy:http")) {
                assertThat(skippy.nextEndpoints()).containsExactly("10.0.0.1:80");
            }
            served.join();
        }
    }

    private static void serveOnce(DatagramSocket real, DatagramSocket spoofer) {
        try {
            DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
            real.receive(packet);
            Message query = new Message(Arrays.copyOf(packet.getData(), packet.getLength()));
            byte[] poison = POISON.to(query, DnsTransport.UDP).get(0);
            spoofer.send(new DatagramPacket(poison, poison.length, packet.getSocketAddress()));
            byte[] right = RIGHT.to(query, DnsTransport.UDP).get(0);
            real.send(new DatagramPacket(right, right.length, packet.getSocketAddress()));
        } catch (SocketException e) {
            throw new AssertionError("the sockets were closed", e);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void ofTooManyAddressesSomeAreUsedAlwaysTheSameOnes() {
        String name = "skippy.shield.svc.cluster.local.";
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            lines.add(name + " 5 IN A 10.1." + i / 250 + "." + i % 250);
        }
        List<String> reversed = new ArrayList<>(lines);
        Collections.reverse(reversed);
        DnsReply inOrder = DnsReply.records(lines, List.of());
        // Each is asked for over UDP, which cannot carry it, and then over TCP.
        server.on(name, "A", inOrder, inOrder, DnsReply.records(reversed, List.of()))
                .on(name, "AAAA", DnsReply.noData());
        try (FollowedService skippy = new FollowedService(source(server), "skippy:80")) {
            List<String> endpoints = skippy.nextEndpoints();
            assertThat(endpoints).hasSize(2000).doesNotHaveDuplicates();
            assertThat(skippy.advanceSeconds(5).nextEndpoints()).isEqualTo(endpoints);
        }
    }
}
