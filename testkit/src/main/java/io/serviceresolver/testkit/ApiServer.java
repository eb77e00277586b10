package io.serviceresolver.testkit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.List;
import java.util.function.Predicate;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;

/**
 * A Kubernetes API server for tests, on a loopback port: it lists and watches the objects that it was given, as the real
 * one does (versions, label selectors, pages, bookmarks, 410 for a past that it forgot), and fails as it is told. It
 * speaks HTTP/1.1, with or without TLS; a watch is a chunked answer, and a request to upgrade to WebSocket is answered as
 * a plain one. It has no clock: bookmarks and the ends of watches come when the test says so. Thread-safe.
 */
public final class ApiServer implements AutoCloseable {

    private final ApiState state = new ApiState();
    private final ApiListener listener;
    private final String scheme;

    private ApiServer(ServerSocketFactory sockets, String scheme) {
        this.listener = new ApiListener(state, sockets);
        this.scheme = scheme;
    }

    /** Starts a server that speaks plain HTTP, on a port of its own. */
    public static ApiServer start() {
        return new ApiServer(ServerSocketFactory.getDefault(), "http");
    }

    /**
     * Starts a server that speaks HTTPS.
     *
     * @param context has its key and certificate
     * @return the server, on a port of its own
     */
    public static ApiServer startTls(SSLContext context) {
        return new ApiServer(context.getServerSocketFactory(), "https");
    }

    /** Where it listens: {@code http://127.0.0.1:40123}. */
    public URI uri() {
        return URI.create(scheme + "://127.0.0.1:" + listener.port());
    }

    /** A kubeconfig for it, as YAML. */
    public String kubeconfig() {
        return """
                apiVersion: v1
                kind: Config
                clusters: [{name: test, cluster: {server: "%s"}}]
                users: [{name: test, user: {token: "%s"}}]
                contexts: [{name: test, context: {cluster: test, user: test, namespace: default}}]
                current-context: test
                """.formatted(uri(), state.token().orElse("any"));
    }

    /**
     * Creates or replaces an object, and tells the watches.
     *
     * @param object with {@code apiVersion}, {@code kind} and {@code metadata}; its {@code resourceVersion} is set here
     */
    public void put(ObjectNode object) {
        state.put(object);
    }

    /**
     * Deletes an object, if it is there, and tells the watches.
     *
     * @param object one with the same kind, namespace and name
     */
    public void delete(ObjectNode object) {
        state.delete(object);
    }

    /** Forgets all objects and versions without a word, as a cluster whose storage was lost. */
    public void clear() {
        state.withStore(ApiStore::clear);
    }

    /** Forgets the past: a watch from an earlier version gets 410, and so does the next page of a list. */
    public void compact() {
        state.withStore(ApiStore::compact);
    }

    /** The version of the newest write: the number. */
    public long resourceVersion() {
        return state.version();
    }

    /**
     * Cuts lists into pages.
     *
     * @param objects how many in one page at most; 0, the default, for as many as were asked for
     */
    public void pageSize(int objects) {
        state.pageSize(objects);
    }

    /**
     * Accepts this bearer token only: all other requests get 401.
     *
     * @param accepted the token
     */
    public void requireToken(String accepted) {
        state.token(accepted);
    }

    /**
     * Answers 404 to all that asks for an API.
     *
     * @param apiVersion group and version, such as {@code discovery.k8s.io/v1}
     */
    public void unserve(String apiVersion) {
        state.unserve(apiVersion);
    }

    /**
     * Plans faults.
     *
     * @param verb for the requests that ask this
     * @return takes the faults
     */
    public ApiScript on(ApiVerb verb) {
        return new ApiScript(state.rules, request -> request.verb() == verb);
    }

    /**
     * Plans faults.
     *
     * @param verb for the requests that ask this
     * @param resource of this kind of object, such as {@code services}
     * @return takes the faults
     */
    public ApiScript on(ApiVerb verb, String resource) {
        return new ApiScript(
                state.rules,
                request -> request.verb() == verb && request.resource().equals(resource));
    }

    /**
     * Plans faults.
     *
     * @param requests for those that this accepts
     * @return takes the faults
     */
    public ApiScript on(Predicate<ApiRequest> requests) {
        return new ApiScript(state.rules, requests);
    }

    /** Drops all planned faults. */
    public void heal() {
        state.rules.clear();
    }

    /** Sends a bookmark to all watches. */
    public void bookmark() {
        state.bookmark();
    }

    /**
     * Sends an ERROR event to all watches.
     *
     * @param code the code of its status, such as 410
     */
    public void sendError(int code) {
        send(ApiStore.frame("ERROR", ApiHttp.status(code, "")) + "\n");
    }

    /**
     * Sends any text to all watches.
     *
     * @param text sent as it is; a frame ends with a line feed
     */
    public void send(String text) {
        state.watches().forEach(watch -> watch.offer(text));
    }

    /** Ends all watches as a server does whose time is up. */
    public void endWatches() {
        state.watches().forEach(ApiWatch::end);
    }

    /** Breaks the connections of all watches off. */
    public void resetWatches() {
        state.watches().forEach(ApiWatch::reset);
    }

    /** Lets all watches hear nothing more, while their connections stay open. */
    public void muteWatches() {
        state.watches().forEach(ApiWatch::mute);
    }

    /** All requests so far, oldest first: a copy. */
    public List<ApiRequest> requests() {
        return state.requests();
    }

    /**
     * The requests so far that ask this, oldest first.
     *
     * @param verb what they ask
     * @return a copy
     */
    public List<ApiRequest> requests(ApiVerb verb) {
        return requests().stream().filter(request -> request.verb() == verb).toList();
    }

    /**
     * Waits until so many requests of this kind have come, for 30 seconds at most.
     *
     * @param verb what they ask
     * @param count how many, from the start
     */
    public void awaitRequests(ApiVerb verb, int count) {
        state.waiters.await(count + " requests to " + verb, () -> requests(verb).size() >= count);
    }

    /**
     * Waits until so many watches are open, for 30 seconds at most.
     *
     * @param count exactly how many
     */
    public void awaitWatches(int count) {
        state.waiters.await(count + " open watches", () -> state.watches().size() == count);
    }

    /** Stops listening and closes all connections; the objects stay. */
    public void stop() {
        listener.stop();
    }

    /** Listens again, on the same port, after {@link #stop}. */
    public void restart() {
        listener.restart();
    }

    /** Stops for good. */
    @Override
    public void close() {
        stop();
    }
}
