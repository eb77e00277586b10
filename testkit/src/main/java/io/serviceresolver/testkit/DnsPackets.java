package io.serviceresolver.testkit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Master;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;

/** Makes the packets of {@link DnsReply}. */
final class DnsPackets {

    private static final int PLAIN_UDP = 512;
    private static final int MAX = 65_535;
    private static final int PAYLOAD = 1232;
    private static final int NEGATIVE_TTL = 5;
    private static final Name ZONE = Name.fromConstantString("cluster.local.");

    private DnsPackets() {}

    /** An answer to the query without records: NOERROR, authoritative, with an OPT record where the query has one. */
    static Message reply(Message query) {
        Message reply = new Message(query.getHeader().getID());
        reply.getHeader().setFlag(Flags.QR);
        reply.getHeader().setFlag(Flags.AA);
        if (query.getHeader().getFlag(Flags.RD)) {
            reply.getHeader().setFlag(Flags.RD);
        }
        reply.addRecord(query.getQuestion(), Section.QUESTION);
        if (query.getOPT() != null) {
            reply.addRecord(new OPTRecord(PAYLOAD, 0, 0), Section.ADDITIONAL);
        }
        return reply;
    }

    static DnsReply answer(List<Record> answer, List<Record> additional) {
        return (query, transport) -> {
            Message reply = reply(query);
            answer.forEach(r -> reply.addRecord(r, Section.ANSWER));
            additional.forEach(r -> reply.addRecord(r, Section.ADDITIONAL));
            int limit = limit(query, transport);
            // dnsjava sets TC for lost answers only; CoreDNS does for lost additional records as well.
            if (reply.toWire().length > limit) {
                reply.getHeader().setFlag(Flags.TC);
            }
            return List.of(reply.toWire(limit));
        };
    }

    static DnsReply negative(int rcode) {
        return (query, transport) -> {
            Message reply = reply(query);
            reply.getHeader().setRcode(rcode);
            reply.addRecord(
                    new SOARecord(ZONE, DClass.IN, NEGATIVE_TTL, ZONE, ZONE, 1, 7200, 1800, 86_400, NEGATIVE_TTL),
                    Section.AUTHORITY);
            return List.of(reply.toWire(limit(query, transport)));
        };
    }

    /** How long an answer may be: what the client says it takes over UDP. */
    static int limit(Message query, DnsTransport transport) {
        if (transport == DnsTransport.TCP) {
            return MAX;
        }
        return query.getOPT() == null
                ? PLAIN_UDP
                : Math.max(PLAIN_UDP, query.getOPT().getPayloadSize());
    }

    static List<byte[]> rewrite(List<byte[]> packets, Consumer<Message> change) throws IOException {
        List<byte[]> changed = new ArrayList<>();
        for (byte[] packet : packets) {
            Message message = new Message(packet);
            change.accept(message);
            changed.add(message.toWire());
        }
        return changed;
    }

    static List<Record> parse(List<String> lines) {
        List<Record> records = new ArrayList<>();
        for (String line : lines) {
            records.add(parse(line));
        }
        return List.copyOf(records);
    }

    private static Record parse(String line) {
        byte[] text = (line + "\n").getBytes(StandardCharsets.US_ASCII);
        try (Master master = new Master(new ByteArrayInputStream(text), Name.root)) {
            Record record = master.nextRecord();
            if (record != null) {
                return record;
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("record: " + line + " (expected: a line of a zone file)", e);
        }
        throw new IllegalArgumentException("record: " + line + " (expected: a line of a zone file)");
    }

    /** The name as zones are keyed: absolute, lower case. */
    static Name name(String text) {
        try {
            return Name.fromString(text, Name.root).canonicalize();
        } catch (IOException e) {
            throw new IllegalArgumentException("name: " + text + " (expected: a domain name)", e);
        }
    }
}
