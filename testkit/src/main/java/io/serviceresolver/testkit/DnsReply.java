package io.serviceresolver.testkit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/**
 * What a {@link DnsServer} sends back for one query. A test may write its own; the ready-made ones are the static
 * methods here. Called by several threads.
 */
@FunctionalInterface
public interface DnsReply {

    /**
     * The packets to send, in this order: usually one, none to stay silent. Over TCP the server puts the length
     * before each.
     *
     * @param query the query
     * @param transport how it came
     * @return the packets
     * @throws IOException if they cannot be made; the server then stays silent
     */
    List<byte[]> to(Message query, DnsTransport transport) throws IOException;

    /**
     * An answer with these records. Over UDP it is cut to the size that the client takes, with the TC bit set, as a
     * real server does.
     *
     * @param lines records as a zone file has them: {@code skippy.shield.svc.cluster.local. 5 IN A 10.0.0.1}
     * @return the reply
     * @throws IllegalArgumentException if a line is no record
     */
    static DnsReply records(String... lines) {
        return records(List.of(lines), List.of());
    }

    /**
     * An answer with these records, and others in the additional section.
     *
     * @param answer records as a zone file has them
     * @param additional such records too
     * @return the reply
     * @throws IllegalArgumentException if a line is no record
     */
    static DnsReply records(List<String> answer, List<String> additional) {
        return DnsPackets.answer(DnsPackets.parse(answer), DnsPackets.parse(additional));
    }

    /** The name does not exist (NXDOMAIN), for 5 seconds as the SOA record says. */
    static DnsReply nxDomain() {
        return DnsPackets.negative(Rcode.NXDOMAIN);
    }

    /** The name exists, but has no record of the type (NOERROR without answers), for 5 seconds as the SOA record says. */
    static DnsReply noData() {
        return DnsPackets.negative(Rcode.NOERROR);
    }

    /** SERVFAIL, as CoreDNS says it until it has synced. */
    static DnsReply servFail() {
        return rcode("SERVFAIL");
    }

    /** REFUSED. */
    static DnsReply refused() {
        return rcode("REFUSED");
    }

    /**
     * An answer without records and with this code.
     *
     * @param name such as {@code FORMERR}
     * @return the reply
     */
    static DnsReply rcode(String name) {
        int rcode = Rcode.value(name);
        return (query, transport) -> {
            Message reply = DnsPackets.reply(query);
            reply.getHeader().setRcode(rcode);
            return List.of(reply.toWire(DnsPackets.limit(query, transport)));
        };
    }

    /** Nothing at all. */
    static DnsReply mute() {
        return (query, transport) -> List.of();
    }

    /**
     * Over UDP a part of the answer with the TC bit set, over TCP all of it.
     *
     * @param part what is sent over UDP, with the TC bit set
     * @param whole what is sent over TCP
     * @return the reply
     */
    static DnsReply truncated(DnsReply part, DnsReply whole) {
        return (query, transport) -> transport == DnsTransport.TCP
                ? whole.to(query, transport)
                : DnsPackets.rewrite(
                        part.to(query, transport), m -> m.getHeader().setFlag(Flags.TC));
    }

    /**
     * These bytes, with the id of the query in the first two.
     *
     * @param bytes two or more
     * @return the reply
     */
    static DnsReply raw(byte... bytes) {
        return (query, transport) -> {
            byte[] packet = bytes.clone();
            packet[0] = (byte) (query.getHeader().getID() >> 8);
            packet[1] = (byte) query.getHeader().getID();
            return List.of(packet);
        };
    }

    /** The query itself, as a server that reflects packets sends it: the QR bit is not set. */
    static DnsReply echo() {
        return (query, transport) -> List.of(query.toWire());
    }

    /**
     * A reply whose id is not that of the query.
     *
     * @param reply the reply
     * @return the same with another id
     */
    static DnsReply wrongId(DnsReply reply) {
        return (query, transport) -> DnsPackets.rewrite(
                reply.to(query, transport),
                m -> m.getHeader().setID(query.getHeader().getID() ^ 1));
    }

    /**
     * A reply to another question.
     *
     * @param reply the reply
     * @param name the name that its question section has, with the dot at its end
     * @return the same with another question
     */
    static DnsReply wrongQuestion(DnsReply reply, String name) {
        Name other = Name.fromConstantString(name);
        return (query, transport) -> DnsPackets.rewrite(reply.to(query, transport), m -> {
            Record question = query.getQuestion();
            m.removeAllRecords(Section.QUESTION);
            m.addRecord(Record.newRecord(other, question.getType(), question.getDClass()), Section.QUESTION);
        });
    }

    /**
     * Several replies to one query, one right behind the other.
     *
     * @param replies in this order
     * @return all of them as one
     */
    static DnsReply inARow(DnsReply... replies) {
        return (query, transport) -> {
            List<byte[]> packets = new ArrayList<>();
            for (DnsReply reply : replies) {
                packets.addAll(reply.to(query, transport));
            }
            return packets;
        };
    }
}
