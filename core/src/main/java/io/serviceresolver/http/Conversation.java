package io.serviceresolver.http;

import io.serviceresolver.endpoint.Endpoint;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.ResponseInfo;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One call, and all requests that follow from its answers, one after another. Guarded by its own lock. */
final class Conversation {

    /** How many requests a call is worth, as the JDK's client reads it. */
    private static final int LIMIT = Integer.getInteger("jdk.httpclient.redirects.retrylimit", 5);

    private static final int MOST_REFUSALS = Integer.getInteger("jdk.httpclient.auth.retrylimit", 3);

    private static final int UNAUTHORIZED = 401;
    private static final String AUTHORIZATION = "Authorization";

    private final UserAgent agent;
    private final CallTime time;
    private int requests;
    private int redirects;

    /** What the last request carried that was not the caller's. */
    private @Nullable Sent sent;

    private final List<DroppedBody<?>> dropped = new ArrayList<>();

    /** A conversation that takes as long as its time is. */
    Conversation(UserAgent agent, CallTime time) {
        this.agent = agent;
        this.time = time;
    }

    /** The time for all of it. */
    CallTime time() {
        return time;
    }

    /** What to send for a request: the same with cookies and credentials. */
    synchronized HttpRequest complete(HttpRequest request) throws IOException {
        if (++requests > LIMIT) {
            throw new IOException("Too many retries");
        }
        List<String> cookies = agent.cookies() == null
                ? List.of()
                : agent.cookies().of(request.uri(), request.headers().map());
        String authorization = authorization(request);
        if (cookies.isEmpty() && authorization == null) {
            return request;
        }
        HttpRequest.Builder builder = HttpRequest.newBuilder(request, (name, value) -> true);
        cookies.forEach(cookie -> add(builder, cookie));
        if (authorization != null) {
            builder.header(AUTHORIZATION, authorization);
        }
        return builder.build();
    }

    private static void add(HttpRequest.Builder builder, String cookie) {
        try {
            builder.header("Cookie", cookie);
        } catch (IllegalArgumentException e) {
            // What cannot be in a header is left out, as the JDK does.
        }
    }

    private @Nullable String authorization(HttpRequest request) {
        Credentials credentials = agent.credentials();
        if (credentials == null || isCallers(request)) {
            return null;
        }
        Origin origin = agent.origin(request.uri());
        if (sent == null || !sent.origin.equals(origin)) {
            String accepted = credentials.accepted(origin, request.uri());
            sent = accepted == null ? null : new Sent(origin, accepted, State.ACCEPTED, 0);
        }
        return sent == null ? null : sent.value;
    }

    private static boolean isCallers(HttpRequest request) {
        return request.headers().firstValue(AUTHORIZATION).isPresent();
    }

    /**
     * What is to be asked for next.
     *
     * @param request what was asked for, without what was added to it
     * @param head the answer
     * @param pod whose it is; null where it is no service's
     * @return null where the answer is the caller's
     * @throws IOException if what should follow cannot
     */
    synchronized @Nullable HttpRequest after(HttpRequest request, ResponseInfo head, @Nullable Endpoint pod)
            throws IOException {
        keepCookies(request.uri(), head, pod);
        if (head.statusCode() == UNAUTHORIZED) {
            return challenged(request, head);
        }
        Sent carried = sent;
        Credentials credentials = agent.credentials();
        if (carried != null && credentials != null && carried.state == State.NEW) {
            credentials.accept(carried.origin, request.uri(), carried.value);
        }
        sent = null;
        HttpRequest next = agent.redirects().follow(request, head, pod);
        return next != null && ++redirects < LIMIT ? next : null;
    }

    private void keepCookies(URI uri, ResponseInfo head, @Nullable Endpoint pod) throws IOException {
        Cookies cookies = agent.cookies();
        if (cookies == null) {
            return;
        }
        if (pod == null) {
            cookies.keep(uri, head.headers().map());
        } else {
            cookies.keepOwn(uri, head.headers().map());
        }
    }

    private @Nullable HttpRequest challenged(HttpRequest request, ResponseInfo head) throws IOException {
        Credentials credentials = agent.credentials();
        if (credentials == null || isCallers(request)) {
            return null;
        }
        Challenge challenge = Challenge.of(head.headers());
        if (challenge == null) {
            return null;
        }
        Sent refused = sent;
        int refusals = refused == null ? 0 : refused.refusals + 1;
        if (refused != null && refused.state == State.ACCEPTED) {
            credentials.refuse(refused.origin, refused.value);
        }
        if (refusals > MOST_REFUSALS) {
            throw new IOException("too many authentication attempts. Limit: " + MOST_REFUSALS);
        }
        String value = credentials.ask(request.uri(), challenge);
        sent = new Sent(agent.origin(request.uri()), value, State.NEW, refusals);
        return request;
    }

    /** Has a body read no longer than the call goes on. */
    synchronized void drop(DroppedBody<?> body) {
        dropped.add(body);
    }

    /** The caller has got what it gets. */
    void end() {
        List<DroppedBody<?>> unwanted;
        synchronized (this) {
            unwanted = List.copyOf(dropped);
        }
        unwanted.forEach(DroppedBody::cancel);
    }

    private enum State {
        /** Asked for in this call. */
        NEW,
        /** Known from an earlier one. */
        ACCEPTED
    }

    private record Sent(Origin origin, String value, State state, int refusals) {}
}
