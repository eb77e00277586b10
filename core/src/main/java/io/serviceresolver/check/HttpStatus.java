package io.serviceresolver.check;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the status of an answer of HTTP/1.1 (RFC 9112), past interim ones: 16 KiB at most. */
final class HttpStatus {

    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})(?: .*)?");
    private static final int MAX_BYTES = 16 * 1024;
    private static final int FINAL = 200;
    private static final int SWITCHING = 101;

    private final InputStream in;
    private int bytes;

    HttpStatus(InputStream in) {
        this.in = in;
    }

    int read() throws IOException {
        int status = statusOf(line());
        while (status < FINAL && status != SWITCHING) {
            while (!line().isEmpty()) {
                // The headers of an interim answer say nothing here.
            }
            status = statusOf(line());
        }
        return status;
    }

    private static int statusOf(String line) throws IOException {
        Matcher matcher = STATUS_LINE.matcher(line);
        if (!matcher.matches()) {
            throw new ProtocolException("no answer of HTTP/1.1: " + line);
        }
        return Integer.parseInt(matcher.group(1));
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = next(); next != '\n'; next = next()) {
            line.append((char) next);
        }
        int end = line.length() - 1;
        return end >= 0 && line.charAt(end) == '\r' ? line.substring(0, end) : line.toString();
    }

    private int next() throws IOException {
        int next = in.read();
        if (next < 0) {
            throw new EOFException(bytes == 0 ? "closed without an answer" : "closed within the answer");
        }
        if (++bytes > MAX_BYTES) {
            throw new ProtocolException("no status in the first " + MAX_BYTES + " bytes");
        }
        return next;
    }
}
