package io.serviceresolver.dns;

import io.serviceresolver.endpoint.Endpoint;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/**
 * Turns SRV records into endpoints: of the lowest priority number that has addresses, with the addresses that came
 * along; those that did not are asked for, and all of them must be known, as a set is complete or is none.
 */
final class ServiceEndpoints {

    /** How many targets are asked for at a time. */
    private static final int AT_ONCE = 16;

    private final Inquiry inquiry;
    private final Name service;
    private final Family preferred;
    private final TargetAddresses addresses = new TargetAddresses();

    ServiceEndpoints(Inquiry inquiry, Name service, Family preferred) {
        this.inquiry = inquiry;
        this.service = service;
        this.preferred = preferred;
    }

    /**
     * Finds the endpoints.
     *
     * @param records the SRV records to use, one or more
     * @param additional what came along with them
     * @param ttl the TTL of the records
     */
    CompletableFuture<Resolution> resolve(List<ServiceRecord> records, List<Record> additional, long ttl) {
        Set<Name> targets = records.stream().map(ServiceRecord::target).collect(Collectors.toSet());
        addresses.addGlue(targets, additional);
        List<Name> missing = addresses.missing(targets, addresses.choose(targets, preferred));
        int limit = inquiry.settings().maxAddresses();
        List<Name> asked = missing.stream().sorted().limit(limit).toList();
        return ask(asked.iterator())
                .thenApply(failure -> failure.isEmpty()
                        ? endpoints(records, Math.min(ttl, addresses.ttl()))
                        : new Resolution.Failed(failure));
    }

    /** Asks for the addresses of these targets: why that failed, empty where it did not. */
    private CompletableFuture<String> ask(Iterator<Name> targets) {
        if (!targets.hasNext()) {
            return CompletableFuture.completedFuture("");
        }
        List<CompletableFuture<String>> answers = new ArrayList<>();
        while (targets.hasNext() && answers.size() < AT_ONCE) {
            Name target = targets.next();
            answers.add(Addresses.find(inquiry, target, preferred).thenApply(found -> take(target, found)));
        }
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .thenCompose(all -> {
                    String failure = answers.stream()
                            .map(CompletableFuture::join)
                            .filter(reason -> !reason.isEmpty())
                            .findFirst()
                            .orElse("");
                    return failure.isEmpty() ? ask(targets) : CompletableFuture.completedFuture(failure);
                });
    }

    private String take(Name target, Addresses found) {
        if (found instanceof Addresses.Some some) {
            addresses.add(target, some.family(), some.addresses(), some.ttl());
        } else if (found instanceof Addresses.None none && none.why() instanceof LookupResult.Failed failed) {
            return failed.reason();
        }
        return "";
    }

    private Resolution endpoints(List<ServiceRecord> records, long ttl) {
        Map<Integer, List<ServiceRecord>> byPriority = records.stream()
                .collect(Collectors.groupingBy(ServiceRecord::priority, TreeMap::new, Collectors.toList()));
        for (List<ServiceRecord> group : byPriority.values()) {
            Set<Name> targets = group.stream().map(ServiceRecord::target).collect(Collectors.toSet());
            Family family = addresses.choose(targets, preferred);
            Set<Endpoint> endpoints = new LinkedHashSet<>();
            group.forEach(record ->
                    addresses.of(record.target(), family).forEach(address -> endpoints.add(endpoint(address, record))));
            if (!endpoints.isEmpty()) {
                return new Resolution.Endpoints(List.copyOf(endpoints), family, ttl, Addresses.Certainty.CERTAIN);
            }
        }
        return new Resolution.Empty(ttl);
    }

    private Endpoint endpoint(String address, ServiceRecord record) {
        Name target = record.target();
        String label = target.getLabelString(0);
        boolean named = target.labels() == service.labels() + 1
                && target.subdomain(service)
                && !TargetAddresses.isLabelOf(label, address);
        return Endpoint.builder(address, record.port())
                .hostname(named ? label : null)
                .build();
    }
}
