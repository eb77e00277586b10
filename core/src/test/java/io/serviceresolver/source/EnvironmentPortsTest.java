package io.serviceresolver.source;

import static io.serviceresolver.source.KubeletVariables.tcp;
import static io.serviceresolver.source.KubeletVariables.udp;
import static io.serviceresolver.source.SourceHarness.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.endpoint.ServicePort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which port is meant, of Services with one or with several. */
@ExtendWith(QuietLog.class)
class EnvironmentPortsTest {

    private static final String HOST = "10.96.0.7";

    private final SourceHarness harness = new SourceHarness("shield");
    private final EnvironmentSource two = new KubeletVariables()
            .service("skippy", HOST, tcp("http", 8080), tcp("metrics", 9090))
            .source();

    private String ask(EndpointSource source, ServicePort port) {
        return text(harness.ask(source, harness.name("skippy").withPort(port)));
    }

    private String ask(EndpointSource source, String port) {
        return ask(source, ServicePort.parse(port));
    }

    @Test
    void aNameWithoutPortMeansTheOnlyOneAndNotTheFirstOfSeveral() {
        assertThat(ask(two, ServicePort.ONLY))
                .isEqualTo("unavailable: several ports, name one as in skippy:http; the TCP ports are:"
                        + " http 8080, metrics 9090");
    }

    @Test
    void aNameMeansThePortThatBearsIt() {
        assertThat(ask(two, "http")).isEqualTo(HOST + ":8080");
        assertThat(ask(two, "metrics")).isEqualTo(HOST + ":9090");
        assertThat(ask(two, "grpc")).isEqualTo("unavailable: no port grpc, the TCP ports are: http 8080, metrics 9090");
        EnvironmentSource dashes = new KubeletVariables()
                .service("skippy", HOST, tcp("http-alt", 1), tcp("8080-tcp", 8080))
                .source();
        assertThat(ask(dashes, "http-alt")).isEqualTo(HOST + ":1");
        assertThat(ask(dashes, "8080-tcp")).isEqualTo(HOST + ":8080");
    }

    @Test
    void aNumberMeansAPortOfTheService() {
        assertThat(ask(two, "8080")).isEqualTo(HOST + ":8080");
        assertThat(ask(two, "9090")).isEqualTo(HOST + ":9090");
        assertThat(ask(two, "80")).isEqualTo("unavailable: no port 80, the TCP ports are: http 8080, metrics 9090");
    }

    @Test
    void aNumberMayBeThatOfAPortWithoutAName() {
        EnvironmentSource unnamed = new KubeletVariables()
                .service("skippy", HOST, tcp("", 8082), tcp("8083", 8083))
                .source();
        assertThat(ask(unnamed, "8082")).isEqualTo(HOST + ":8082");
        assertThat(ask(unnamed, "8083")).isEqualTo(HOST + ":8083");
        assertThat(ask(unnamed, ServicePort.ONLY)).endsWith("the TCP ports are: 8082, 8083 8083");
    }

    @Test
    void aSchemeMeansTheOnlyPortElseTheOneNamedSoElseTheWellKnownOne() {
        ServicePort http = ServicePort.forScheme("http");
        ServicePort https = ServicePort.forScheme("https");
        KubeletVariables.Port odd = tcp("odd", 7);
        assertThat(ask(source(odd), http)).isEqualTo(HOST + ":7");
        assertThat(ask(two, http)).isEqualTo(HOST + ":8080");
        assertThat(ask(two, https)).startsWith("unavailable: several ports, ");
        assertThat(ask(source(odd, tcp("web", 80), tcp("secure", 443)), http)).isEqualTo(HOST + ":80");
        assertThat(ask(source(odd, tcp("web", 80), tcp("secure", 443)), https)).isEqualTo(HOST + ":443");
        assertThat(ask(source(tcp("web", 80), tcp("http", 7)), http)).isEqualTo(HOST + ":7");
        assertThat(ask(source(tcp("web", 80), odd), ServicePort.forScheme("grpc")))
                .startsWith("unavailable: several");
    }

    private static EnvironmentSource source(KubeletVariables.Port... ports) {
        return new KubeletVariables().service("skippy", HOST, ports).source();
    }

    @Test
    void portsThatAreNotTcpDoNotCount() {
        EnvironmentSource udpFirst = source(udp("syslog", 514), tcp("http", 8080));
        assertThat(ask(udpFirst, ServicePort.ONLY)).isEqualTo(HOST + ":8080");
        assertThat(ask(udpFirst, "syslog")).isEqualTo("unavailable: no port syslog, the TCP ports are: http 8080");
        assertThat(ask(udpFirst, "514")).isEqualTo("unavailable: no port 514, the TCP ports are: http 8080");
        assertThat(ask(source(udp("syslog", 514)), ServicePort.ONLY))
                .isEqualTo("unavailable: SKIPPY_SERVICE_PORT: 514 (expected: a TCP port)");
        assertThat(ask(source(new KubeletVariables.Port("m3ua", 2905, "SCTP")), ServicePort.ONLY))
                .isEqualTo("unavailable: SKIPPY_SERVICE_PORT: 2905 (expected: a TCP port)");
    }

    @Test
    void oneNumberWithTwoProtocolsIsOneTcpPort() {
        EnvironmentSource dns = source(udp("dns", 53), tcp("dns-tcp", 53));
        assertThat(ask(dns, ServicePort.ONLY)).isEqualTo(HOST + ":53");
        assertThat(ask(dns, "dns-tcp")).isEqualTo(HOST + ":53");
        assertThat(ask(dns, "53")).isEqualTo(HOST + ":53");
    }

    @Test
    void theListIsCutWhereItIsLong() {
        KubeletVariables variables = new KubeletVariables().service("skippy", HOST, tcp("http", 80), tcp("https", 443));
        for (int i = 1; i <= 5000; i++) {
            variables.set("SKIPPY_PORT_" + i + "_TCP_ADDR", HOST);
        }
        assertThat(ask(variables.source(), "nowhere")).hasSizeLessThan(400);
    }
}
