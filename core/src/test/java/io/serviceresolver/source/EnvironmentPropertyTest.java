package io.serviceresolver.source;

import static io.serviceresolver.source.SourceHarness.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.IpAddresses;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.endpoint.ServicePort;
import io.serviceresolver.source.KubeletVariables.Ipv6Links;
import io.serviceresolver.source.KubeletVariables.Port;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Random Services and random damage. The names are such that they claim one another's variables. */
@ExtendWith(QuietLog.class)
class EnvironmentPropertyTest {

    private static final long SEED = 20261122;
    private static final List<String> SERVICES =
            List.of("foo", "foo-service", "foo-port", "foo-service-port", "foo-service-service", "bar", "foo-80-tcp");
    private static final List<String> PORTS = List.of("http", "https", "grpc", "dns", "81-tcp", "p-o-r-t", "8080");
    private static final List<String> JUNK = List.of(
            "",
            " ",
            "None",
            "http",
            "0",
            "80",
            "65536",
            "99999999999",
            "-1",
            "tcp://",
            "tcp://:80",
            "tcp://10.96.0.1:",
            "tcp://10.96.0.1:80",
            "udp://[fd00::1]:53",
            "tcp://[[::]:1",
            "tcp://::1:80",
            "tcp://evil.com:80",
            "localhost",
            "10.96.0.1",
            "010.0.0.1",
            "fd00::1",
            "[fd00::1]",
            "[",
            "]",
            "[]",
            "[:]",
            "127.0.0.1",
            "a\r\nb",
            "\u0000",
            "\ud83d\ude00",
            "\ud83d",
            "::::::::",
            "x".repeat(20_000),
            "[".repeat(20_000),
            ":".repeat(20_000),
            "tcp://" + "1:".repeat(20_000));

    private final Random random = new Random(SEED);
    private final SourceHarness harness = new SourceHarness("shield");

    private record Service(String name, String clusterIp, List<Port> ports) {
        Set<Integer> tcp() {
            return ports.stream()
                    .filter(p -> p.protocol().equals("TCP"))
                    .map(Port::number)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @Test
    void findsEachPortOfEachServiceWhoeverGotTheVariablesThatTwoClaim() {
        for (int i = 0; i < 1_500; i++) {
            List<Service> services = services();
            EnvironmentSource source = variables(services).source();
            for (Service service : services) {
                String message = "seed " + SEED + ", round " + i + ": " + services;
                checkNumbers(message, source, service);
                checkNames(message, source, service);
                String only = ask(source, service, ServicePort.ONLY);
                if (service.tcp().size() == 1) {
                    assertThat(only)
                            .as(message)
                            .isEqualTo(
                                    authority(service, service.tcp().iterator().next()));
                } else {
                    assertThat(only).as(message).startsWith("unavailable: ");
                }
            }
        }
    }

    private void checkNumbers(String message, EnvironmentSource source, Service service) {
        for (int number : service.tcp()) {
            assertThat(ask(source, service, ServicePort.number(number)))
                    .as(message)
                    .isEqualTo(authority(service, number));
        }
        assertThat(ask(source, service, ServicePort.number(9999))).as(message).startsWith("unavailable: ");
    }

    private void checkNames(String message, EnvironmentSource source, Service service) {
        for (Port port : service.ports) {
            if (port.protocol().equals("TCP") && port.name().matches(".*[a-z].*")) {
                assertThat(ask(source, service, ServicePort.named(port.name())))
                        .as(message)
                        .isEqualTo(authority(service, port.number()));
            }
        }
    }

    @Test
    void nothingIsThrownAndNothingInvalidAnsweredWhateverTheVariablesAre() {
        int found = 0;
        for (int i = 0; i < 5_000; i++) {
            Map<String, String> damaged = damaged(variables(services()).variables());
            EnvironmentSource source = EnvironmentSource.of(damaged);
            String service = pick(SERVICES);
            ServicePort port = pick(List.of(
                    ServicePort.ONLY,
                    ServicePort.number(80),
                    ServicePort.named("http"),
                    ServicePort.forScheme("https")));
            SourceAnswer answer = harness.ask(source, new ServiceName(service, "shield", port));
            String message = "seed " + SEED + ", round " + i + ", " + service + ":" + port;
            if (answer instanceof SourceAnswer.Found set) {
                found++;
                assertThat(set.endpoints().size()).as(message).isEqualTo(1);
                Endpoint endpoint = set.endpoints().endpoints().get(0);
                assertThat(endpoint.address()).as(message).isEqualTo(IpAddresses.canonical(endpoint.address()));
                assertThat(damaged.toString())
                        .as(message)
                        .containsPattern("(?<![0-9])" + endpoint.port() + "(?![0-9])");
            } else {
                assertThat(text(answer)).as(message).matches("[ -~]+").hasSizeLessThan(2000);
            }
        }
        assertThat(found).as("how many rounds found something").isBetween(250, 4_750);
    }

    private String ask(EnvironmentSource source, Service service, ServicePort port) {
        return text(harness.ask(source, new ServiceName(service.name, "shield", port)));
    }

    private static String authority(Service service, int port) {
        return Endpoint.of(service.clusterIp, port).authority();
    }

    private List<Service> services() {
        List<String> names = new ArrayList<>(SERVICES);
        Collections.shuffle(names, random);
        List<Service> services = new ArrayList<>();
        for (String name : names.subList(0, 1 + random.nextInt(SERVICES.size()))) {
            String ip = (random.nextBoolean() ? "10.96.0." : "fd00::") + (1 + services.size());
            services.add(new Service(name, ip, ports()));
        }
        return services;
    }

    /** Each name and each pair of number and protocol once, as the API server demands it. */
    private List<Port> ports() {
        List<String> names = new ArrayList<>(PORTS);
        Collections.shuffle(names, random);
        List<Integer> numbers = IntStream.of(53, 80, 443, 8080, 8443).boxed().collect(Collectors.toList());
        Collections.shuffle(numbers, random);
        int count = 1 + random.nextInt(3);
        List<Port> ports = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = count == 1 && random.nextBoolean() ? "" : names.get(i);
            boolean both = i > 0 && ports.get(0).protocol().equals("UDP") && random.nextBoolean();
            ports.add(new Port(
                    name,
                    both && ports.size() == 1 ? ports.get(0).number() : numbers.get(i),
                    both || random.nextInt(3) != 0 ? "TCP" : "UDP"));
        }
        return ports;
    }

    private KubeletVariables variables(List<Service> services) {
        KubeletVariables variables = new KubeletVariables(pick(List.of(Ipv6Links.values())));
        services.forEach(s -> variables.service(s.name, s.clusterIp, s.ports.toArray(Port[]::new)));
        return variables;
    }

    private Map<String, String> damaged(Map<String, String> variables) {
        Map<String, String> damaged = new HashMap<>(variables);
        List<String> names = new ArrayList<>(variables.keySet());
        for (int i = random.nextInt(12); i > 0; i--) {
            String name = pick(names);
            switch (random.nextInt(5)) {
                case 0 -> damaged.remove(name);
                case 1 -> damaged.put(name + "_" + pick(names), pick(JUNK));
                case 2 -> damaged.put(name + pick(JUNK), pick(JUNK));
                case 3 -> damaged.put(name.substring(0, random.nextInt(name.length())), pick(JUNK));
                default -> damaged.put(name, pick(JUNK));
            }
        }
        return damaged;
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
