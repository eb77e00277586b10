package io.serviceresolver.dns;

import io.serviceresolver.endpoint.IpAddresses;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/** The addresses of the targets of SRV records, by family. Not thread-safe. */
final class TargetAddresses {

    private final Map<Name, Map<Family, Set<String>>> byTarget = new HashMap<>();
    private long ttl = Long.MAX_VALUE;

    /** Takes the addresses of these targets from the additional section of an answer. */
    void addGlue(Collection<Name> targets, List<Record> additional) {
        for (Record record : additional) {
            if (record.getDClass() == DClass.IN && targets.contains(record.getName())) {
                for (Family family : Family.values()) {
                    family.address(record).ifPresent(address -> {
                        add(record.getName(), family, List.of(address), record.getTTL());
                    });
                }
            }
        }
    }

    void add(Name target, Family family, List<String> addresses, long addressTtl) {
        byTarget.computeIfAbsent(target, name -> new EnumMap<>(Family.class))
                .computeIfAbsent(family, f -> new LinkedHashSet<>())
                .addAll(addresses);
        ttl = Math.min(ttl, addressTtl);
    }

    Set<String> of(Name target, Family family) {
        return byTarget.getOrDefault(target, Map.of()).getOrDefault(family, Set.of());
    }

    /** The least TTL of all that was added; huge where nothing was. */
    long ttl() {
        return ttl;
    }

    /**
     * The one family to use for all these targets: a Pod with two addresses must not count twice.
     *
     * @param preferred taken if any of them has an address of it
     * @return this or, where there is only that, the other one
     */
    Family choose(Collection<Name> targets, Family preferred) {
        boolean has = targets.stream().anyMatch(target -> !of(target, preferred).isEmpty());
        boolean hasOther = targets.stream()
                .anyMatch(target -> !of(target, preferred.other()).isEmpty());
        return has || !hasOther ? preferred : preferred.other();
    }

    /**
     * The targets whose addresses of this family must be asked for. One whose name is its address of the other family
     * ({@code fd00--7}) has none of this one.
     */
    List<Name> missing(Collection<Name> targets, Family family) {
        List<Name> missing = new ArrayList<>();
        for (Name target : targets) {
            String label = target.getLabelString(0);
            boolean bound = of(target, family.other()).stream().anyMatch(address -> isLabelOf(label, address));
            if (of(target, family).isEmpty() && !bound) {
                missing.add(target);
            }
        }
        return missing;
    }

    /** Whether the label is the address with dashes, as CoreDNS names an endpoint whose Pod has no host name. */
    static boolean isLabelOf(String label, String address) {
        String literal = label.replace('-', address.indexOf(':') < 0 ? '.' : ':');
        try {
            return IpAddresses.canonical(literal).equals(address);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
