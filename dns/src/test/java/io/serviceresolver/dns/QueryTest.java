package io.serviceresolver.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.testkit.DnsReply;
import io.serviceresolver.testkit.DnsTransport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

class QueryTest {

    private static final String NAME = "skippy.shield.svc.cluster.local.";
    private static final Question QUESTION = new Question(Name.fromConstantString(NAME), Type.A);

    private static byte[] replyTo(Query query) throws IOException {
        DnsReply reply = DnsReply.records(
                List.of(NAME + " 5 IN CNAME a.cluster.local.", "a.cluster.local. 5 IN A 10.0.0.1"),
                List.of("b.cluster.local. 5 IN AAAA fd00::1"));
        return reply.to(new Message(query.packet()), DnsTransport.UDP).get(0);
    }

    @Test
    void theIdIsAnotherOneEachTime() {
        long ids = IntStream.range(0, 1000)
                .mapToObj(i -> new Query(QUESTION, 1232).packet())
                .map(packet -> ByteBuffer.wrap(packet).getChar(0))
                .distinct()
                .count();
        assertThat(ids).isGreaterThan(950);
    }

    @Test
    void theNameMayComeBackInAnotherCase() throws IOException {
        Query query = new Query(QUESTION, 1232);
        byte[] reply = replyTo(query);
        reply[13] = 'S';
        assertThat(query.match(reply).reply()).isNotNull();
    }

    @Test
    void onlyItsOwnReplyMatchesAmongMillionsOfOthers() throws IOException {
        long seed = 20_261_121;
        SplittableRandom random = new SplittableRandom(seed);
        Query query = new Query(QUESTION, 1232);
        byte[] right = replyTo(query);
        int id = ByteBuffer.wrap(right).getChar(0);
        for (int i = 0; i < 1_000_000; i++) {
            byte[] packet = right.clone();
            int other = (id + 1 + random.nextInt(0xFFFF)) & 0xFFFF;
            packet[0] = (byte) (other >> 8);
            packet[1] = (byte) other;
            if (query.match(packet).reply() != null) {
                throw new AssertionError("seed " + seed + ", round " + i + ": id " + other + " for " + id);
            }
        }
        assertThat(query.match(right).reply()).isNotNull();
    }

    @Test
    void damagedRepliesNeverThrow() throws IOException {
        long seed = 4711;
        SplittableRandom random = new SplittableRandom(seed);
        Query query = new Query(QUESTION, 1232);
        byte[] right = replyTo(query);
        Name domain = Name.fromConstantString("cluster.local.");
        int read = 0;
        for (int i = 0; i < 100_000; i++) {
            byte[] packet = Arrays.copyOf(right, 2 + random.nextInt(right.length + 4));
            for (int damage = random.nextInt(4); damage > 0; damage--) {
                packet[random.nextInt(packet.length)] = (byte) random.nextInt();
            }
            try {
                Message reply = query.match(packet).reply();
                if (reply != null) {
                    ReplyReader.read(reply, QUESTION, domain);
                    read++;
                }
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ", round " + i + ": " + Arrays.toString(packet), e);
            }
        }
        assertThat(read).as("replies that could be read").isPositive();
    }

    @Test
    void anErrorWithoutAQuestionIsAReplyAndSuccessWithoutOneIsNone() {
        Query query = new Query(QUESTION, 1232);
        byte[] header = Arrays.copyOf(query.packet(), 12);
        Arrays.fill(header, 4, 12, (byte) 0);
        header[2] |= (byte) 0x80;
        assertThat(query.match(header).reply()).isNull();
        header[3] = 1;
        assertThat(query.match(header).reply()).isNotNull();
    }
}
