package io.serviceresolver.dns;

import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.endpoint.ServicePort;
import io.serviceresolver.text.Printable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * Finds the endpoints of one service once, asking for what the port of its name calls for. A named port is asked for by
 * its SRV record; a number goes with the addresses of the Service; where the port is left open, the SRV records of the
 * bare name tell which ports there are.
 */
final class ServiceLookup {

    private static final Map<String, Integer> WELL_KNOWN = Map.of("http", 80, "ws", 80, "https", 443, "wss", 443);

    private final Inquiry inquiry;
    private final ServiceName service;
    private final Family preferred;
    private final Name name;

    /**
     * A look-up.
     *
     * @param preferred the family whose addresses count, if there are any
     * @throws IllegalArgumentException if the name is too long for DNS
     */
    ServiceLookup(Inquiry inquiry, ServiceName service, Family preferred) {
        this.inquiry = inquiry;
        this.service = service;
        this.preferred = preferred;
        this.name = name(service.service() + "." + service.namespace() + ".svc", inquiry.domain());
    }

    static Name name(String text, Name parent) {
        try {
            return Name.fromString(text, parent);
        } catch (TextParseException e) {
            throw new IllegalArgumentException("name: " + text + " (expected: a name that DNS can hold)", e);
        }
    }

    CompletableFuture<Resolution> resolve() {
        ServicePort port = service.port();
        if (port instanceof ServicePort.Named named) {
            return ask(ofPort(named.name()), this::endpoints);
        }
        if (port instanceof ServicePort.Numbered numbered) {
            return addresses(numbered.number());
        }
        if (port instanceof ServicePort.Scheme scheme) {
            return ask(name, records -> ofScheme(scheme.scheme(), records));
        }
        return ask(name, records -> ports(records).size() > 1 ? failed(several(records)) : endpoints(records));
    }

    private Name ofPort(String port) {
        return name("_" + port + "._tcp", name);
    }

    /** The endpoints by SRV records of this name; where it has none, {@link #withoutRecords} knows what that means. */
    private CompletableFuture<Resolution> ask(
            Name owner, Function<LookupResult.Records, CompletableFuture<Resolution>> then) {
        return inquiry.ask(owner, Type.SRV).thenCompose(result -> {
            if (result instanceof LookupResult.Records records) {
                String foreign = ServiceRecord.foreignTarget(records.records(), inquiry.domain());
                if (!usable(records).isEmpty()) {
                    return then.apply(records);
                }
                if (!foreign.isEmpty()) {
                    return failed(owner + " leads to " + foreign + ", which is outside the cluster domain "
                            + inquiry.domain() + " (type ExternalName?): not followed");
                }
                return withoutRecords(new LookupResult.NoData(records.ttl()));
            }
            return withoutRecords(result);
        });
    }

    private CompletableFuture<Resolution> withoutRecords(LookupResult result) {
        ServicePort port = service.port();
        if (!(result instanceof LookupResult.NoData) || port instanceof ServicePort.Named) {
            return done(Resolution.without(result));
        }
        Integer number = port instanceof ServicePort.Scheme scheme ? WELL_KNOWN.get(scheme.scheme()) : null;
        return number == null
                ? failed("DNS knows no port of " + service.qualified() + ": give one, such as " + example(8080))
                : addresses(number);
    }

    private CompletableFuture<Resolution> ofScheme(String scheme, LookupResult.Records records) {
        if (ports(records).size() == 1) {
            return endpoints(records);
        }
        return inquiry.ask(ofPort(scheme), Type.SRV).thenCompose(result -> {
            if (result instanceof LookupResult.Failed) {
                return done(Resolution.without(result));
            }
            if (result instanceof LookupResult.Records named && !usable(named).isEmpty()) {
                return endpoints(named);
            }
            Integer number = WELL_KNOWN.get(scheme);
            return number != null && ports(records).contains(number)
                    ? endpoints(records, number)
                    : failed(several(records));
        });
    }

    private CompletableFuture<Resolution> endpoints(LookupResult.Records records) {
        return endpoints(usable(records), records);
    }

    private CompletableFuture<Resolution> endpoints(LookupResult.Records records, int port) {
        return endpoints(
                usable(records).stream().filter(record -> record.port() == port).toList(), records);
    }

    private CompletableFuture<Resolution> endpoints(List<ServiceRecord> usable, LookupResult.Records records) {
        return new ServiceEndpoints(inquiry, name, preferred).resolve(usable, records.additional(), records.ttl());
    }

    private CompletableFuture<Resolution> addresses(int port) {
        return Addresses.find(inquiry, name, preferred).thenApply(found -> {
            if (found instanceof Addresses.None none) {
                return Resolution.without(none.why());
            }
            Addresses.Some some = (Addresses.Some) found;
            List<Endpoint> endpoints = some.addresses().stream()
                    .map(address -> Endpoint.of(address, port))
                    .toList();
            return new Resolution.Endpoints(endpoints, some.family(), some.ttl(), some.certainty());
        });
    }

    private List<ServiceRecord> usable(LookupResult.Records records) {
        return ServiceRecord.usable(records.records(), inquiry.domain());
    }

    private List<Integer> ports(LookupResult.Records records) {
        return usable(records).stream()
                .map(ServiceRecord::port)
                .distinct()
                .sorted()
                .toList();
    }

    private String several(LookupResult.Records records) {
        List<Integer> ports = ports(records);
        String list = ports.stream().map(String::valueOf).collect(Collectors.joining(", "));
        return service.qualified() + " has several ports: " + list + ": say which, such as " + example(ports.get(0));
    }

    private String example(int port) {
        return service.service() + ":" + port + " or " + service.service() + ":name";
    }

    private static CompletableFuture<Resolution> failed(String reason) {
        return done(new Resolution.Failed(Printable.of(reason)));
    }

    private static CompletableFuture<Resolution> done(Resolution resolution) {
        return CompletableFuture.completedFuture(resolution);
    }
}
