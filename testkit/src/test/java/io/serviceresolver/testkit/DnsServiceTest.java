package io.serviceresolver.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class DnsServiceTest {

    private static final String NAME = "skippy.shield.svc.cluster.local.";
    private static final DnsService HEADLESS = DnsService.headless("skippy", "shield");

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
    void publishesAHeadlessServiceAsCoreDnsDoes() throws IOException {
        server.publish(HEADLESS.port("http", 8080).endpoint("10.0.0.1").endpoint("fd00::", "skippy-0"));
        assertThat(answer(client.ask(NAME, Type.A))).containsExactly(NAME + " A 10.0.0.1");
        assertThat(answer(client.ask(NAME, Type.AAAA))).containsExactly(NAME + " AAAA fd00:0:0:0:0:0:0:0");
        Message named = client.ask("_http._tcp." + NAME, Type.SRV);
        assertThat(answer(named))
                .containsExactly(
                        "_http._tcp." + NAME + " SRV 0 50 8080 10-0-0-1." + NAME,
                        "_http._tcp." + NAME + " SRV 0 50 8080 skippy-0." + NAME);
        assertThat(DnsClient.records(named, Section.ADDITIONAL))
                .containsExactly("10-0-0-1." + NAME + " A 10.0.0.1", "skippy-0." + NAME + " AAAA fd00:0:0:0:0:0:0:0");
        assertThat(answer(client.ask(NAME, Type.SRV))).hasSize(2);
        assertThat(answer(client.ask("skippy-0." + NAME, Type.AAAA))).hasSize(1);
    }

    @Test
    void writesTheLabelOfAnAddressThatEndsInColons() throws IOException {
        server.publish(HEADLESS.port("http", 80).endpoint("fd00::"));
        assertThat(answer(client.ask(NAME, Type.SRV))).containsExactly(NAME + " SRV 0 100 80 fd00--0." + NAME);
    }

    @Test
    void saysThatAHeadlessServiceWithoutEndpointsDoesNotExist() throws IOException {
        server.publish(HEADLESS.port("http", 8080));
        assertThat(client.ask(NAME, Type.A).getRcode()).isEqualTo(Rcode.NXDOMAIN);
    }

    @Test
    void saysNoDataForTheOtherFamilyAndNxDomainForAnUnknownPort() throws IOException {
        server.publish(DnsService.clusterIp("skippy", "shield", "10.96.0.7")
                .port("http", 80)
                .port("", 81));
        Message ipv6 = client.ask(NAME, Type.AAAA);
        assertThat(ipv6.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(answer(ipv6)).isEmpty();
        assertThat(client.ask("_grpc._tcp." + NAME, Type.SRV).getRcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(answer(client.ask(NAME, Type.SRV)))
                .containsExactly(NAME + " SRV 0 50 80 " + NAME, NAME + " SRV 0 50 81 " + NAME);
    }

    @Test
    void changesTheOrderFromAnswerToAnswer() throws IOException {
        server.publish(HEADLESS.endpoint("10.0.0.1").endpoint("10.0.0.2"));
        String first =
                client.ask(NAME, Type.A).getSection(Section.ANSWER).get(0).rdataToString();
        String second =
                client.ask(NAME, Type.A).getSection(Section.ANSWER).get(0).rdataToString();
        assertThat(List.of(first, second)).containsExactlyInAnyOrder("10.0.0.1", "10.0.0.2");
    }

    @Test
    void publishesAnExternalNameAndWithdrawsIt() throws IOException {
        DnsService external = DnsService.externalName("skippy", "shield", "api.example.com");
        server.publish(external.ttl(7));
        Message alias = client.ask(NAME, Type.A);
        assertThat(answer(alias)).containsExactly(NAME + " CNAME api.example.com.");
        assertThat(alias.getSection(Section.ANSWER).get(0).getTTL()).isEqualTo(7);
        server.withdraw(external);
        assertThat(client.ask(NAME, Type.A).getRcode()).isEqualTo(Rcode.NXDOMAIN);
    }

    @Test
    void publishesIntoAnotherClusterDomain() throws IOException {
        server.publish(DnsService.clusterIp("skippy", "shield", "10.96.0.7").domain("corp.example"));
        assertThat(answer(client.ask("skippy.shield.svc.corp.example.", Type.A)))
                .hasSize(1);
    }

    private static List<String> answer(Message message) {
        return DnsClient.records(message, Section.ANSWER);
    }
}
