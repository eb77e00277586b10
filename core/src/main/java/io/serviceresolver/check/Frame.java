package io.serviceresolver.check;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.ProtocolException;

/** A frame of HTTP/2 (RFC 9113, section 4). The payload is not copied. */
final class Frame {

    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;

    static final int END_STREAM = 0x1;
    static final int ACK = 0x1;
    static final int END_HEADERS = 0x4;
    static final int PADDED = 0x8;

    /** The size of its head, in bytes. */
    static final int HEAD = 9;

    /** The largest payload that a peer may send which was not allowed more. */
    private static final int MAX_PAYLOAD = 16_384;

    private static final int STREAM_BITS = 0x7fff_ffff;

    private final int type;
    private final int flags;
    private final int stream;
    private final byte[] payload;

    /**
     * A frame.
     *
     * @param type what it is
     * @param flags what the type makes of them
     * @param stream to which stream it belongs; 0 for the connection
     * @param payload the rest
     */
    Frame(int type, int flags, int stream, byte[] payload) {
        this.type = type;
        this.flags = flags;
        this.stream = stream;
        this.payload = payload;
    }

    static Frame read(DataInputStream in) throws IOException {
        int length = (in.readUnsignedShort() << 8) | in.readUnsignedByte();
        if (length > MAX_PAYLOAD) {
            throw new ProtocolException("no answer of HTTP/2");
        }
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int stream = in.readInt() & STREAM_BITS;
        byte[] payload = new byte[length];
        in.readFully(payload);
        return new Frame(type, flags, stream, payload);
    }

    void write(DataOutputStream out) throws IOException {
        out.writeByte(payload.length >> 16);
        out.writeShort(payload.length);
        out.writeByte(type);
        out.writeByte(flags);
        out.writeInt(stream);
        out.write(payload);
    }

    int type() {
        return type;
    }

    int stream() {
        return stream;
    }

    byte[] payload() {
        return payload;
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** Four bytes of the payload, the highest first. */
    int number(int offset) throws IOException {
        if (payload.length < offset + Integer.BYTES) {
            throw new ProtocolException("a frame of HTTP/2 that is too short, type " + type);
        }
        int number = 0;
        for (int i = offset; i < offset + Integer.BYTES; i++) {
            number = (number << 8) | (payload[i] & 0xff);
        }
        return number;
    }
}
