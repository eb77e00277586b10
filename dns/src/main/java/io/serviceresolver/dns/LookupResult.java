package io.serviceresolver.dns;

import java.util.List;
import org.xbill.DNS.Record;

/** What came of one question. A TTL is in seconds, as the server wrote it. */
sealed interface LookupResult {

    /**
     * There are records.
     *
     * @param records those asked for, one or more
     * @param additional what the server sent along
     * @param ttl the least TTL of what led to the records
     */
    record Records(List<Record> records, List<Record> additional, long ttl) implements LookupResult {}

    /**
     * The name exists, but has no such record.
     *
     * @param ttl how long that holds
     */
    record NoData(long ttl) implements LookupResult {}

    /**
     * The name does not exist, with records of whatever type.
     *
     * @param reason which name, for an error message
     * @param ttl how long that holds
     */
    record NxDomain(String reason, long ttl) implements LookupResult {}

    /**
     * It remains unknown.
     *
     * @param reason why, for an error message
     */
    record Failed(String reason) implements LookupResult {}
}
