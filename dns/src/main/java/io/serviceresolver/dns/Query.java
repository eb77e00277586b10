package io.serviceresolver.dns;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/**
 * A question as it is sent, under a random id of its own, and how to know the reply to it. Thread-safe. It is written by whoever
 * sends it first, as the first one of a process takes its time: a class for each record type.
 */
final class Query {

    private static final int QR = 0x80;
    private static final int OPCODE_SHIFT = 3;
    private static final int OPCODE_MASK = 0xF;

    private final Question question;
    private final int payload;

    /** Guarded by this: null until it is sent. */
    private byte @Nullable [] packet;

    /**
     * What a packet is: a reply, or why it is none.
     *
     * @param reply the reply, or null
     * @param problem why the packet is none; empty where it is one
     */
    record Match(@Nullable Message reply, String problem) {}

    Query(Question question, int payload) {
        this.question = question;
        this.payload = payload;
    }

    byte[] packet() {
        return written().clone();
    }

    private synchronized byte[] written() {
        byte[] known = packet;
        if (known == null) {
            Message message = Message.newQuery(question.toRecord());
            message.addRecord(new OPTRecord(payload, 0, 0), Section.ADDITIONAL);
            known = message.toWire();
            packet = known;
        }
        return known;
    }

    /** Reads a packet. It never throws, whatever the packet holds. */
    Match match(byte[] received) {
        if (received.length < Header.LENGTH) {
            return none("less than a header");
        }
        if (ByteBuffer.wrap(received).getChar(0) != ByteBuffer.wrap(written()).getChar(0)) {
            return none("a wrong id");
        }
        if ((received[2] & QR) == 0 || ((received[2] >> OPCODE_SHIFT) & OPCODE_MASK) != Opcode.QUERY) {
            return none("a query in it");
        }
        try {
            Message reply = new Message(received);
            return answersTheQuestion(reply) ? new Match(reply, "") : none("another question");
        } catch (IOException | RuntimeException e) {
            return none("a malformed message");
        }
    }

    /** A server that cannot read the query reports that without repeating the question. */
    private boolean answersTheQuestion(Message reply) {
        List<Record> questions = reply.getSection(Section.QUESTION);
        int rcode = reply.getRcode();
        return questions.isEmpty()
                ? rcode != Rcode.NOERROR && rcode != Rcode.NXDOMAIN
                : questions.size() == 1 && question.matches(questions.get(0));
    }

    static boolean isTruncated(Message reply) {
        return reply.getHeader().getFlag(Flags.TC);
    }

    private static Match none(String problem) {
        return new Match(null, problem);
    }
}
