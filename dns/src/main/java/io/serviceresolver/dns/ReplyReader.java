package io.serviceresolver.dns;

import io.serviceresolver.text.Printable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TTL;

/**
 * Reads what a reply says of the question. Aliases (CNAME) are followed within the reply, four at most, and never out
 * of the cluster domain. Records of other names are not looked at.
 */
final class ReplyReader {

    private static final int MAX_ALIASES = 4;
    private static final long NEGATIVE_TTL = 5;

    private final Message reply;
    private final Question question;
    private final Name domain;

    private ReplyReader(Message reply, Question question, Name domain) {
        this.reply = reply;
        this.question = question;
        this.domain = domain;
    }

    /** Reads a complete reply whose code is NOERROR or NXDOMAIN. */
    static LookupResult read(Message reply, Question question, Name domain) {
        return new ReplyReader(reply, question, domain).read();
    }

    private LookupResult read() {
        Map<Name, CNAMERecord> aliases = new HashMap<>();
        for (Record record : reply.getSection(Section.ANSWER)) {
            if (record instanceof CNAMERecord alias && record.getDClass() == DClass.IN) {
                aliases.put(record.getName(), alias);
            }
        }
        Name name = question.name();
        long ttl = TTL.MAX_VALUE;
        int followed = 0;
        for (CNAMERecord alias = aliases.get(name); alias != null; alias = aliases.get(name)) {
            name = alias.getTarget();
            ttl = Math.min(ttl, alias.getTTL());
            if (!name.subdomain(domain)) {
                return refused("an alias of " + name + ", which is outside the cluster domain " + domain
                        + " (type ExternalName?): not followed");
            }
            if (++followed > MAX_ALIASES) {
                return refused("a chain of more than " + MAX_ALIASES + " aliases: not followed");
            }
        }
        return result(new Question(name, question.type()), ttl);
    }

    private LookupResult result(Question last, long aliasTtl) {
        if (reply.getRcode() == Rcode.NXDOMAIN) {
            return new LookupResult.NxDomain(Printable.of("NXDOMAIN for " + last.name()), negativeTtl());
        }
        List<Record> records = new ArrayList<>();
        long ttl = aliasTtl;
        for (Record record : reply.getSection(Section.ANSWER)) {
            if (last.matches(record)) {
                records.add(record);
                ttl = Math.min(ttl, record.getTTL());
            }
        }
        return records.isEmpty()
                ? new LookupResult.NoData(Math.min(aliasTtl, negativeTtl()))
                : new LookupResult.Records(records, reply.getSection(Section.ADDITIONAL), ttl);
    }

    private LookupResult refused(String why) {
        return new LookupResult.Failed(Printable.of(question.name() + " is " + why));
    }

    /** As RFC 2308 has it: the lesser one of the TTL of the SOA record and of its last field. */
    private long negativeTtl() {
        return reply.getSection(Section.AUTHORITY).stream()
                .filter(SOARecord.class::isInstance)
                .mapToLong(record -> Math.min(record.getTTL(), ((SOARecord) record).getMinimum()))
                .min()
                .orElse(NEGATIVE_TTL);
    }
}
