package io.serviceresolver.dns;

import java.util.List;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;

/**
 * What counts of an SRV record. The weight does not: CoreDNS gives all of them the same.
 *
 * @param priority the lower, the better
 * @param port 1 to 65535
 * @param target a name inside the cluster domain
 */
record ServiceRecord(int priority, int port, Name target) {

    /** The usable ones among these records. */
    static List<ServiceRecord> usable(List<Record> records, Name domain) {
        return records.stream()
                .filter(SRVRecord.class::isInstance)
                .map(SRVRecord.class::cast)
                .filter(record -> record.getPort() > 0 && record.getTarget().subdomain(domain))
                .map(record -> new ServiceRecord(record.getPriority(), record.getPort(), record.getTarget()))
                .distinct()
                .toList();
    }

    /** A target outside the cluster domain among these records, for an error message; empty where there is none. */
    static String foreignTarget(List<Record> records, Name domain) {
        return records.stream()
                .filter(SRVRecord.class::isInstance)
                .map(record -> ((SRVRecord) record).getTarget())
                .filter(target -> !target.equals(Name.root) && !target.subdomain(domain))
                .map(Name::toString)
                .findFirst()
                .orElse("");
    }
}
