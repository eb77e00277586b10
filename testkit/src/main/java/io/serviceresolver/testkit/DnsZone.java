package io.serviceresolver.testkit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Type;

/** What a {@link DnsServer} knows: scripts first, then what was published. Guarded by its own lock. */
final class DnsZone {

    private record Key(Name name, int type) {}

    private final Map<Key, Deque<DnsReply>> scripts = new HashMap<>();
    private final Map<String, List<Record>> published = new LinkedHashMap<>();
    private DnsReply otherwise = DnsReply.nxDomain();
    private @Nullable DnsReply outage;
    private int answered;

    synchronized void script(String name, String type, List<DnsReply> inTurn) {
        scripts.put(new Key(DnsPackets.name(name), Type.value(type)), new ArrayDeque<>(inTurn));
    }

    synchronized void publish(String fqdn, List<Record> records) {
        published.put(fqdn, records);
    }

    synchronized void withdraw(String fqdn) {
        published.remove(fqdn);
    }

    synchronized void otherwise(DnsReply reply) {
        otherwise = reply;
    }

    synchronized void outage(@Nullable DnsReply reply) {
        outage = reply;
    }

    synchronized DnsReply find(Message query) {
        Record question = query.getQuestion();
        Name name = question.getName().canonicalize();
        if (outage != null) {
            return outage;
        }
        Deque<DnsReply> script = scripts.get(new Key(name, question.getType()));
        if (script != null) {
            return script.size() > 1 ? script.removeFirst() : script.getFirst();
        }
        List<Record> all = published.values().stream().flatMap(List::stream).toList();
        List<Record> answer = matching(all, name, question.getType());
        if (!answer.isEmpty()) {
            return DnsPackets.answer(answer, glue(all, answer));
        }
        return all.stream().anyMatch(r -> r.getName().equals(name)) ? DnsReply.noData() : otherwise;
    }

    /** The records in an order that changes from answer to answer, as CoreDNS shuffles them. */
    private List<Record> matching(List<Record> all, Name name, int type) {
        List<Record> answer = new ArrayList<>();
        for (Record record : all) {
            if (record.getName().equals(name) && (record.getType() == type || record.getType() == Type.CNAME)) {
                answer.add(record);
            }
        }
        Collections.rotate(answer, answered++);
        return answer;
    }

    private static List<Record> glue(List<Record> all, List<Record> answer) {
        List<Name> targets = answer.stream()
                .filter(SRVRecord.class::isInstance)
                .map(record -> ((SRVRecord) record).getTarget())
                .distinct()
                .toList();
        return all.stream()
                .filter(r -> targets.contains(r.getName()) && (r.getType() == Type.A || r.getType() == Type.AAAA))
                .toList();
    }
}
