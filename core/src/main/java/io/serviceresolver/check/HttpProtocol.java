package io.serviceresolver.check;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.serviceresolver.text.BadInput;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A GET request of HTTP/1.1, for a connection that is used once. The status is all that counts; the body is not read. The
 * JDK's client is not used, as it keeps connections and has no way to say another {@code Host}.
 *
 * @param path what is asked for, with a query if wished
 * @param first the lowest status that is good
 * @param last the highest status that is good
 */
record HttpProtocol(String path, int first, int last) implements Protocol {

    private static final Pattern PATH = Pattern.compile("/[!-~&&[^#]]{0,1999}");
    private static final int MIN_STATUS = 200;
    private static final int MAX_STATUS = 599;

    HttpProtocol {
        if (!PATH.matcher(path).matches()) {
            throw BadInput.of("path", path, "'/' first, printable ASCII without blanks and '#', 2000 at most");
        }
        if (first < MIN_STATUS || last < first || last > MAX_STATUS) {
            throw BadInput.of("statuses", first + " to " + last, "200 to 599, the lower one first");
        }
    }

    @Override
    public ProbeResult ask(Connection connection) throws IOException {
        String request = "GET " + path + " HTTP/1.1\r\nHost: " + connection.authority()
                + "\r\nUser-Agent: service-resolver\r\nAccept: */*\r\nConnection: close\r\n\r\n";
        connection.out().write(request.getBytes(US_ASCII));
        connection.out().flush();
        int status = new HttpStatus(connection.in()).read();
        return status >= first && status <= last ? ProbeResult.passed() : ProbeResult.failed("HTTP " + status);
    }

    @Override
    public List<String> alpn() {
        return List.of("http/1.1");
    }

    @Override
    public String label() {
        return "HTTP " + path;
    }
}
