package io.serviceresolver.testkit;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;

/** What an {@link ApiServer} does in place of answering as it should. */
public sealed interface ApiFault {

    /**
     * Answers with an HTTP status and the {@code Status} object that goes with it.
     *
     * @param code such as 403
     * @return the fault
     */
    static Status status(int code) {
        return new Status(code, "", Map.of());
    }

    /**
     * Answers a list with 200 and this text, whatever it is; a watch begins with it.
     *
     * @param text the body, or the first frame
     * @return the fault
     */
    static ApiFault text(String text) {
        return new Text(text);
    }

    /** Takes the request and never answers, while the connection stays open: a peer that is gone without a word. */
    static ApiFault mute() {
        return new Mute();
    }

    /** Closes the connection in place of an answer. */
    static ApiFault disconnect() {
        return new Disconnect();
    }

    /**
     * Answers as it should, but only when it is let go.
     *
     * @param released lets it go when it reaches zero
     * @return the fault
     */
    static ApiFault held(CountDownLatch released) {
        return new Held(released);
    }

    /**
     * See {@link #status(int)}.
     *
     * @param code the HTTP status
     * @param message what the server says; empty for a message of the usual kind
     * @param headers headers besides the usual ones
     */
    record Status(int code, String message, Map<String, String> headers) implements ApiFault {

        /** Copies the headers. */
        public Status {
            headers = Map.copyOf(headers);
        }

        /**
         * With a header besides.
         *
         * @param name such as {@code Retry-After}
         * @param value its value
         * @return the fault
         */
        public Status header(String name, String value) {
            Map<String, String> more = new TreeMap<>(headers);
            more.put(name, value);
            return new Status(code, message, more);
        }

        /**
         * With a message of its own.
         *
         * @param text what the server says
         * @return the fault
         */
        public Status message(String text) {
            return new Status(code, text, headers);
        }
    }

    /**
     * See {@link #text(String)}.
     *
     * @param text the body, or the first frame
     */
    record Text(String text) implements ApiFault {}

    /** See {@link #mute()}. */
    record Mute() implements ApiFault {}

    /** See {@link #disconnect()}. */
    record Disconnect() implements ApiFault {}

    /**
     * See {@link #held(CountDownLatch)}.
     *
     * @param released lets it go when it reaches zero
     */
    record Held(CountDownLatch released) implements ApiFault {}
}
