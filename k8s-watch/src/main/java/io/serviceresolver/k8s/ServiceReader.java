package io.serviceresolver.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import io.serviceresolver.endpoint.InternalTrafficPolicy;
import io.serviceresolver.endpoint.IpAddresses;
import io.serviceresolver.endpoint.IpFamily;
import io.serviceresolver.endpoint.PodLabels;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.endpoint.ServiceTraits;
import io.serviceresolver.k8s.ServiceView.Access;
import io.serviceresolver.k8s.ServiceView.ExternalTrafficPolicy;
import io.serviceresolver.text.Printable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one Service ({@code v1}). What is malformed is as if it were not there. Thread-safe. */
final class ServiceReader implements ItemReader<ServiceView> {

    private static final int MAX_PORT = 65535;
    private static final int MAX_INGRESS = 1000;
    private static final int AFFINITY_SECONDS = 10800;
    private static final int MAX_AFFINITY_SECONDS = 86400;

    private final ServiceName service;

    ServiceReader(ServiceName service) {
        this.service = service;
    }

    @Override
    public boolean concerns(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        return object.path("kind").asText("Service").equals("Service")
                && service.namespace().equals(metadata.path("namespace").asText())
                && service.service().equals(metadata.path("name").asText());
    }

    @Override
    public Optional<ServiceView> read(JsonNode object) {
        JsonNode spec = object.path("spec");
        ServiceType type = ServiceType.of(spec.path("type").asText(""));
        return Optional.of(new ServiceView(
                service.service(),
                type,
                ports(spec),
                others(spec),
                families(spec),
                traits(spec),
                access(spec, type, object),
                selector(spec)));
    }

    private static List<ServiceView.Port> ports(JsonNode spec) {
        List<ServiceView.Port> ports = new ArrayList<>();
        for (JsonNode port : spec.path("ports")) {
            int number = number(port.path("port"), MAX_PORT);
            if (protocol(port).equals("TCP") && number > 0) {
                String appProtocol = port.path("appProtocol").asText("");
                ports.add(new ServiceView.Port(
                        port.path("name").asText(""),
                        number,
                        number(port.path("nodePort"), MAX_PORT),
                        appProtocol.isEmpty() ? null : appProtocol));
            }
        }
        return ports;
    }

    private static List<String> others(JsonNode spec) {
        List<String> others = new ArrayList<>();
        for (JsonNode port : spec.path("ports")) {
            int number = number(port.path("port"), MAX_PORT);
            if (!protocol(port).equals("TCP") && number > 0) {
                others.add(new ServiceView.Port(port.path("name").asText(""), number, 0, null).shown() + "/"
                        + Printable.of(protocol(port)));
            }
        }
        return others;
    }

    private static String protocol(JsonNode port) {
        return port.path("protocol").asText("TCP");
    }

    private static List<IpFamily> families(JsonNode spec) {
        Set<IpFamily> families = new LinkedHashSet<>();
        for (JsonNode stated : spec.path("ipFamilies")) {
            for (IpFamily family : IpFamily.values()) {
                if (family.apiName().equals(stated.asText())) {
                    families.add(family);
                }
            }
        }
        return List.copyOf(families);
    }

    private static ServiceTraits traits(JsonNode spec) {
        boolean local = spec.path("internalTrafficPolicy").asText().equals("Local");
        boolean affine = spec.path("sessionAffinity").asText().equals("ClientIP");
        JsonNode stated = spec.path("sessionAffinityConfig").path("clientIP").path("timeoutSeconds");
        int seconds = number(stated, MAX_AFFINITY_SECONDS);
        return new ServiceTraits(
                local ? InternalTrafficPolicy.LOCAL : InternalTrafficPolicy.CLUSTER,
                affine ? Duration.ofSeconds(seconds > 0 ? seconds : AFFINITY_SECONDS) : Duration.ZERO,
                PodLabels.PENDING);
    }

    private static Map<String, String> selector(JsonNode spec) {
        Map<String, String> selector = new HashMap<>();
        spec.path("selector")
                .properties()
                .forEach(label -> selector.put(label.getKey(), label.getValue().asText()));
        return selector;
    }

    private static Access access(JsonNode spec, ServiceType type, JsonNode object) {
        Set<String> clusterIps = new LinkedHashSet<>();
        address(spec.path("clusterIP")).ifPresent(clusterIps::add);
        spec.path("clusterIPs").forEach(ip -> address(ip).ifPresent(clusterIps::add));
        boolean local = spec.path("externalTrafficPolicy").asText().equals("Local");
        return new Access(
                List.copyOf(clusterIps),
                type == ServiceType.EXTERNAL_NAME ? spec.path("externalName").asText("") : "",
                local ? ExternalTrafficPolicy.LOCAL : ExternalTrafficPolicy.CLUSTER,
                ingress(object.path("status").path("loadBalancer").path("ingress")));
    }

    private static List<Ingress> ingress(JsonNode list) {
        List<Ingress> ingress = new ArrayList<>();
        for (JsonNode point : list) {
            Set<Integer> failed = new HashSet<>();
            for (JsonNode port : point.path("ports")) {
                if (protocol(port).equals("TCP")
                        && !port.path("error").asText("").isEmpty()) {
                    failed.add(number(port.path("port"), MAX_PORT));
                }
            }
            Optional<String> ip = address(point.path("ip"));
            String hostname = point.path("hostname").asText("");
            if ((ip.isPresent() || !hostname.isEmpty()) && ingress.size() < MAX_INGRESS) {
                ingress.add(new Ingress(ip.orElse(null), hostname.isEmpty() ? null : hostname, failed));
            }
        }
        return ingress;
    }

    private static Optional<String> address(JsonNode literal) {
        try {
            return Optional.of(IpAddresses.canonical(literal.asText("")));
        } catch (IllegalArgumentException e) {
            // Also "None", and what is not there.
            return Optional.empty();
        }
    }

    /** The number: 0 where it is none, or none from 1 to this. */
    private static int number(JsonNode number, int most) {
        int value = number.canConvertToInt() ? number.asInt() : 0;
        return value >= 1 && value <= most ? value : 0;
    }
}
