package io.serviceresolver.http;

import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a caller says of a WebSocket before it is opened.
 *
 * @param headers to send besides, in their order
 * @param subprotocols the most preferred first; perhaps none
 * @param timeout of the opening; null: none
 */
record Handshake(
        List<Map.Entry<String, String>> headers,
        List<String> subprotocols,
        @Nullable Duration timeout) {

    /** The same, with one more header. */
    Handshake with(String name, String value) {
        List<Map.Entry<String, String>> more = new ArrayList<>(headers);
        more.add(Map.entry(name, value));
        return new Handshake(more, subprotocols, timeout);
    }

    /** The same, to be over within some time. */
    Handshake within(Optional<Duration> limit) {
        Duration shortest =
                CallLimits.shortest(Optional.ofNullable(timeout), limit).orElse(null);
        return new Handshake(headers, subprotocols, shortest);
    }

    /** A builder of the JDK's that says the same. */
    WebSocket.Builder by(HttpClient client) {
        WebSocket.Builder builder = client.newWebSocketBuilder();
        headers.forEach(header -> builder.header(header.getKey(), header.getValue()));
        if (!subprotocols.isEmpty()) {
            String[] others = subprotocols.subList(1, subprotocols.size()).toArray(String[]::new);
            builder.subprotocols(subprotocols.get(0), others);
        }
        if (timeout != null) {
            builder.connectTimeout(timeout);
        }
        return builder;
    }
}
