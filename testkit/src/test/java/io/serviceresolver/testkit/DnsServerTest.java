package io.serviceresolver.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.PortUnreachableException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;
import org.xbill.DNS.WireParseException;

class DnsServerTest {

    private static final String NAME = "skippy.shield.svc.cluster.local.";
    private static final DnsReply ONE = DnsReply.records(NAME + " 5 IN A 10.0.0.1");
    private static final DnsReply TWO = DnsReply.records(NAME + " 5 IN A 10.0.0.2");

    private final DnsServer server = DnsServer.start();
    private DnsClient client;

    @BeforeEach
    void connect() throws IOException {
        client = new DnsClient(server);
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void answersOverBothTransports() throws IOException {
        server.on(NAME, "A", ONE);
        assertThat(addresses(client.ask(NAME, Type.A))).containsExactly(NAME + " A 10.0.0.1");
        assertThat(addresses(client.askOverTcp(NAME, Type.A))).containsExactly(NAME + " A 10.0.0.1");
        assertThat(server.queries())
                .containsExactly(new DnsQuery(NAME, "A", DnsTransport.UDP), new DnsQuery(NAME, "A", DnsTransport.TCP));
    }

    @Test
    void takesItsRepliesInTurnAndStaysWithTheLast() throws IOException {
        server.on(NAME, "A", ONE, DnsReply.servFail(), TWO);
        assertThat(addresses(client.ask(NAME, Type.A))).containsExactly(NAME + " A 10.0.0.1");
        assertThat(client.ask(NAME, Type.A).getRcode()).isEqualTo(Rcode.SERVFAIL);
        assertThat(addresses(client.ask(NAME, Type.A))).containsExactly(NAME + " A 10.0.0.2");
        assertThat(addresses(client.ask(NAME, Type.A))).containsExactly(NAME + " A 10.0.0.2");
    }

    @Test
    void saysNegativeAnswersWithAnSoaRecord() throws IOException {
        server.on(NAME, "A", DnsReply.nxDomain(), DnsReply.noData(), DnsReply.refused());
        Message absent = client.ask(NAME, Type.A);
        assertThat(absent.getRcode()).isEqualTo(Rcode.NXDOMAIN);
        SOARecord soa = (SOARecord) absent.getSection(Section.AUTHORITY).get(0);
        assertThat(soa.getMinimum()).isEqualTo(5);
        Message empty = client.ask(NAME, Type.A);
        assertThat(empty.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(addresses(empty)).isEmpty();
        assertThat(client.ask(NAME, Type.A).getRcode()).isEqualTo(Rcode.REFUSED);
    }

    @Test
    void losesQueriesAndStaysMute() throws IOException {
        server.on(NAME, "A", DnsReply.mute(), ONE, TWO).dropNext(2);
        client.send(DnsClient.query(NAME, Type.A));
        client.send(DnsClient.query(NAME, Type.A));
        Message third = DnsClient.query(NAME, Type.A);
        client.send(third);
        Message answer = new Message(client.receive());
        assertThat(answer.getHeader().getID()).isEqualTo(third.getHeader().getID());
        assertThat(addresses(answer)).containsExactly(NAME + " A 10.0.0.2");
        assertThat(server.awaitQueries(NAME, "A", 3)).hasSize(3);
    }

    @Test
    void sendsPacketsThatAreNoAnswer() throws IOException {
        DnsReply junk = DnsReply.raw((byte) 0, (byte) 0, (byte) 7);
        DnsReply other = DnsReply.wrongQuestion(ONE, "other.shield.svc.cluster.local.");
        server.on(NAME, "A", DnsReply.inARow(DnsReply.wrongId(ONE), other, DnsReply.echo(), junk, TWO));
        Message query = DnsClient.query(NAME, Type.A);
        client.send(query);
        List<byte[]> packets = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            packets.add(client.receive());
        }
        int id = query.getHeader().getID();
        assertThat(new Message(packets.get(0)).getHeader().getID()).isNotEqualTo(id);
        assertThat(new Message(packets.get(1)).getQuestion().getName()).hasToString("other.shield.svc.cluster.local.");
        assertThat(new Message(packets.get(2)).getHeader().getFlag(Flags.QR)).isFalse();
        assertThat(packets.get(3)).containsExactly(id >> 8, id, 7);
        assertThat(addresses(new Message(packets.get(4)))).containsExactly(NAME + " A 10.0.0.2");
    }

    @Test
    void truncatesWhatTheClientDoesNotTake() throws IOException {
        List<String> many = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            many.add(NAME + " 5 IN A 10.0.1." + i);
        }
        server.on(NAME, "A", DnsReply.records(many, List.of()));
        assertThat(client.ask(NAME, Type.A).getHeader().getFlag(Flags.TC)).isTrue();
        Message whole = client.askOverTcp(NAME, Type.A);
        assertThat(whole.getHeader().getFlag(Flags.TC)).isFalse();
        assertThat(addresses(whole)).hasSize(200);
    }

    @Test
    void truncatesOnDemand() throws IOException {
        server.on(NAME, "A", DnsReply.truncated(ONE, TWO));
        Message part = client.ask(NAME, Type.A);
        assertThat(part.getHeader().getFlag(Flags.TC)).isTrue();
        assertThat(addresses(part)).containsExactly(NAME + " A 10.0.0.1");
        assertThat(addresses(client.askOverTcp(NAME, Type.A))).containsExactly(NAME + " A 10.0.0.2");
    }

    @Test
    void breaksTcpInEachWay() throws IOException {
        server.on(NAME, "A", ONE).overTcp(DnsTcpMode.REFUSE);
        assertThatThrownBy(() -> client.askOverTcp(NAME, Type.A)).isInstanceOf(ConnectException.class);
        server.overTcp(DnsTcpMode.CUT);
        assertThatThrownBy(() -> client.askOverTcp(NAME, Type.A)).isInstanceOf(EOFException.class);
        server.overTcp(DnsTcpMode.SHORT_LENGTH);
        assertThatThrownBy(() -> client.askOverTcp(NAME, Type.A)).isInstanceOf(WireParseException.class);
        server.overTcp(DnsTcpMode.ANSWER);
        assertThat(addresses(client.askOverTcp(NAME, Type.A))).containsExactly(NAME + " A 10.0.0.1");
    }

    @Test
    void breaksEverythingUntilItRecovers() throws IOException {
        server.on(NAME, "A", ONE).outage(DnsReply.servFail());
        assertThat(client.ask(NAME, Type.A).getRcode()).isEqualTo(Rcode.SERVFAIL);
        server.recover().otherwise(DnsReply.servFail());
        assertThat(client.ask(NAME, Type.A).getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(client.ask("other.", Type.A).getRcode()).isEqualTo(Rcode.SERVFAIL);
    }

    @Test
    void freesPortAndThreadsWhenItIsClosed() throws IOException {
        server.on(NAME, "A", ONE);
        client.askOverTcp(NAME, Type.A);
        int port = server.address().getPort();
        server.close();
        assertThatThrownBy(() -> client.askOverTcp(NAME, Type.A)).isInstanceOf(ConnectException.class);
        assertThatThrownBy(() -> client.ask(NAME, Type.A)).isInstanceOf(PortUnreachableException.class);
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("dns-server-udp-" + port, "dns-server-tcp-" + port);
    }

    @Test
    void rejectsWhatIsNoRecord() {
        assertThatThrownBy(() -> DnsReply.records("nonsense"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("record: nonsense (expected: ");
    }

    private static List<String> addresses(Message message) {
        return DnsClient.records(message, Section.ANSWER);
    }
}
