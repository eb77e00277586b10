package io.serviceresolver.check;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * One unary call over a connection of HTTP/2 (RFC 9113) that is used for nothing else. Of what the server says only that
 * is understood on which the result depends: headers are not decoded, as a call that fails has no message.
 */
final class GrpcHealthCall {

    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII);

    /** SETTINGS_ENABLE_PUSH: 0. */
    private static final byte[] NO_PUSH = {0, 2, 0, 0, 0, 0};

    private static final int CONNECTION = 0;
    private static final int STREAM = 1;

    /** How much of an answer is read, in bytes: a proper one has a few hundred. */
    private static final int MAX_BYTES = 64 * 1024;

    /** The bytes before a message. */
    private static final int PREFIX = 1 + Integer.BYTES;

    private final DataInputStream in;
    private final DataOutputStream out;
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private int bytes;

    GrpcHealthCall(DataInputStream in, DataOutputStream out) {
        this.in = in;
        this.out = out;
    }

    ProbeResult call(String scheme, String authority, String service) throws IOException {
        send(scheme, authority, service);
        Frame first = next();
        if (first.type() != Frame.SETTINGS || first.has(Frame.ACK)) {
            throw new ProtocolException("no answer of HTTP/2");
        }
        for (Frame frame = first; ; frame = next()) {
            if (frame.stream() == STREAM) {
                take(frame);
            } else if (frame.stream() == CONNECTION) {
                reply(frame);
            }
            if (data.size() >= PREFIX && data.size() >= PREFIX + length()) {
                return result();
            }
            if (frame.stream() == STREAM && ends(frame)) {
                return ProbeResult.failed("a gRPC error, no health status");
            }
        }
    }

    private void send(String scheme, String authority, String service) throws IOException {
        byte[] headers = new HeaderBlock()
                .with(":method", "POST")
                .with(":scheme", scheme)
                .with(":path", "/grpc.health.v1.Health/Check")
                .with(":authority", authority)
                .with("content-type", "application/grpc")
                .with("te", "trailers")
                .with("user-agent", "service-resolver")
                .bytes();
        out.write(PREFACE);
        new Frame(Frame.SETTINGS, 0, CONNECTION, NO_PUSH).write(out);
        new Frame(Frame.HEADERS, Frame.END_HEADERS, STREAM, headers).write(out);
        new Frame(Frame.DATA, Frame.END_STREAM, STREAM, HealthMessages.request(service)).write(out);
        out.flush();
    }

    private Frame next() throws IOException {
        try {
            Frame frame = Frame.read(in);
            bytes += Frame.HEAD + frame.payload().length;
            if (bytes > MAX_BYTES) {
                throw new ProtocolException("no health status in the first " + MAX_BYTES + " bytes");
            }
            return frame;
        } catch (EOFException e) {
            throw (EOFException) new EOFException("closed without a health status").initCause(e);
        }
    }

    private void take(Frame frame) throws IOException {
        if (frame.type() == Frame.RST_STREAM) {
            throw new ProtocolException("call reset by the server, error " + frame.number(0));
        }
        if (frame.type() == Frame.DATA) {
            int padding = frame.has(Frame.PADDED) ? 1 : 0;
            int end = frame.payload().length
                    - (padding == 0 || frame.payload().length == 0 ? 0 : frame.payload()[0] & 0xff);
            if (end < padding) {
                throw new ProtocolException("no answer of HTTP/2");
            }
            data.write(frame.payload(), padding, end - padding);
        }
    }

    private void reply(Frame frame) throws IOException {
        if (frame.type() == Frame.GOAWAY && (frame.number(0) < STREAM || frame.number(Integer.BYTES) != 0)) {
            throw new ProtocolException("connection refused by the server, error " + frame.number(Integer.BYTES));
        }
        boolean awaitsReply = frame.type() == Frame.SETTINGS || frame.type() == Frame.PING;
        if (awaitsReply && !frame.has(Frame.ACK)) {
            byte[] echo = frame.type() == Frame.PING ? frame.payload() : new byte[0];
            new Frame(frame.type(), Frame.ACK, CONNECTION, echo).write(out);
            out.flush();
        }
    }

    private static boolean ends(Frame frame) {
        return frame.has(Frame.END_STREAM) && (frame.type() == Frame.DATA || frame.type() == Frame.HEADERS);
    }

    /** The length of the message that begins. */
    private int length() throws IOException {
        ByteBuffer prefix = ByteBuffer.wrap(data.toByteArray());
        if (prefix.get() != 0) {
            throw new ProtocolException("a compressed health status");
        }
        int length = prefix.getInt();
        if (length < 0 || length > HealthMessages.MAX_MESSAGE) {
            throw new ProtocolException("no health status");
        }
        return length;
    }

    private ProbeResult result() throws IOException {
        byte[] message = Arrays.copyOfRange(data.toByteArray(), PREFIX, PREFIX + length());
        String state = HealthMessages.state(message);
        return state.equals(HealthMessages.SERVING) ? ProbeResult.passed() : ProbeResult.failed("gRPC health " + state);
    }
}
