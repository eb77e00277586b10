package io.serviceresolver.check;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.net.ProtocolException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The messages of {@code grpc.health.v1.Health/Check} in protocol buffers, as gRPC sends them: a byte that says whether
 * they are compressed, four with their length, and then the message.
 */
final class HealthMessages {

    /** The numbers of the states, from 0. A state of none of these numbers is unknown. */
    private static final List<String> STATES = List.of("UNKNOWN", "SERVING", "NOT_SERVING", "SERVICE_UNKNOWN");

    /** The largest answer that is read, in bytes: a proper one has 2. */
    static final int MAX_MESSAGE = 1_024;

    static final String SERVING = "SERVING";

    private static final int SERVICE_FIELD = 1;
    private static final int STATUS_FIELD = 1;

    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED_32 = 5;
    private static final int WIRE_TYPE_BITS = 3;
    private static final int WIRE_TYPE = 7;

    private static final int MAX_VARINT = 10;
    private static final int VARINT_BITS = 7;
    private static final int CONTINUES = 0x80;

    private HealthMessages() {}

    /** Asks for the state of a service; that of the whole server, where the name is empty. */
    static byte[] request(String service) {
        byte[] name = service.getBytes(US_ASCII);
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        if (name.length > 0) {
            message.write((SERVICE_FIELD << WIRE_TYPE_BITS) | BYTES);
            if (name.length < CONTINUES) {
                message.write(name.length);
            } else {
                message.write((name.length & ~CONTINUES) | CONTINUES);
                message.write(name.length >> VARINT_BITS);
            }
            message.writeBytes(name);
        }
        return ByteBuffer.allocate(1 + Integer.BYTES + message.size())
                .put((byte) 0)
                .putInt(message.size())
                .put(message.toByteArray())
                .array();
    }

    /**
     * The state that a message tells.
     *
     * @param message without the five bytes before it
     */
    static String state(byte[] message) throws ProtocolException {
        try {
            long number = status(ByteBuffer.wrap(message));
            return number >= 0 && number < STATES.size() ? STATES.get((int) number) : "state " + number;
        } catch (BufferUnderflowException e) {
            throw (ProtocolException) new ProtocolException("a health status that ends too soon").initCause(e);
        }
    }

    private static long status(ByteBuffer in) throws ProtocolException {
        long status = 0;
        while (in.hasRemaining()) {
            long tag = varint(in);
            int type = (int) tag & WIRE_TYPE;
            if (type == VARINT) {
                long value = varint(in);
                status = tag >>> WIRE_TYPE_BITS == STATUS_FIELD ? value : status;
            } else {
                skip(in, type);
            }
        }
        return status;
    }

    private static void skip(ByteBuffer in, int type) throws ProtocolException {
        long length = switch (type) {
            case FIXED_64 -> Long.BYTES;
            case BYTES -> varint(in);
            case FIXED_32 -> Integer.BYTES;
            default -> throw new ProtocolException("no health status");
        };
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        in.position(in.position() + (int) length);
    }

    private static long varint(ByteBuffer in) throws ProtocolException {
        long value = 0;
        for (int i = 0; i < MAX_VARINT; i++) {
            byte next = in.get();
            value |= (long) (next & ~CONTINUES) << (VARINT_BITS * i);
            if (next >= 0) {
                return value;
            }
        }
        throw new ProtocolException("no health status");
    }
}
