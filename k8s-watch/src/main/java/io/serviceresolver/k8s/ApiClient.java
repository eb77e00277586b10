package io.serviceresolver.k8s;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Asks the API server. The way to it is opened when it is first needed, and opened anew from its files after it proved
 * untrusted. Thread-safe.
 */
final class ApiClient implements AutoCloseable {

    private final ApiTransport.Opener opener;
    private final ApiThreads threads = new ApiThreads();
    private final Set<ApiCall> calls = ConcurrentHashMap.newKeySet();
    private final LongAdder requests = new LongAdder();

    /** Guarded by this. */
    private @Nullable ApiTransport transport;

    /** Written once, by whoever closes. */
    private volatile boolean closed;

    /** By what the server takes watches; written by the call that finds out. */
    private volatile WatchWay watchWay = WatchWay.CHUNKED_FIRST;

    /** How watches are asked for. */
    private enum WatchWay {
        /** Nothing is known of the server yet. */
        CHUNKED_FIRST,
        /** It took one. */
        CHUNKED,
        /** It refused one as a server does that knows nothing else. */
        WEB_SOCKET
    }

    ApiClient(ApiTransport.Opener opener) {
        this.opener = opener;
    }

    /**
     * Asks for a list. Does not block.
     *
     * @param target path and query, without a slash at the beginning
     * @param what what it does, for error messages: {@code list endpointslices ...}
     * @param sink takes the answer, some time later, on another thread
     * @return cancels it
     */
    ApiCall list(String target, String what, ApiSink sink) {
        return start(new ApiCall(this, target, what, sink, ApiVerb.LIST, ""));
    }

    /**
     * Asks for a watch. Does not block.
     *
     * @param target path and query, without a slash at the beginning
     * @param what what it does, for error messages: {@code watch endpointslices ...}
     * @param sink takes the frames, each with a line feed behind it, some time later, on another thread
     * @return cancels it
     */
    ApiCall watch(String target, String what, ApiSink sink) {
        return start(new ApiCall(this, target, what, sink, ApiVerb.WATCH, ""));
    }

    /**
     * Sends an object. Does not block.
     *
     * @param target the path, without a slash at the beginning
     * @param object the object, as JSON
     * @param what what it does, for error messages
     * @param sink takes the answer, some time later, on another thread
     * @return cancels it
     */
    ApiCall create(String target, String object, String what, ApiSink sink) {
        return start(new ApiCall(this, target, what, sink, ApiVerb.CREATE, object));
    }

    private ApiCall start(ApiCall call) {
        requests.increment();
        calls.add(call);
        if (closed) {
            call.cancel();
        }
        threads.execute(call::send);
        return call;
    }

    /** Why no request will ever be answered in this process; nothing where one may be. */
    Optional<String> obstacle() {
        return opener.obstacle();
    }

    /** How many requests were made so far. */
    long requests() {
        return requests.sum();
    }

    /** Cancels all calls and lets go of threads and connections. */
    @Override
    public void close() {
        closed = true;
        calls.forEach(ApiCall::cancel);
        synchronized (this) {
            transport = null;
        }
        threads.release();
    }

    ApiThreads threads() {
        return threads;
    }

    /** The way to the server; takes its time where there is none yet. */
    synchronized ApiTransport transport() {
        if (transport == null) {
            transport = opener.open(threads);
        }
        return transport;
    }

    /** Lets the next call open a new way. */
    synchronized void distrust() {
        transport = null;
    }

    boolean webSocketOnly() {
        return watchWay == WatchWay.WEB_SOCKET;
    }

    /** A chunked watch is open: whatever is refused from now on, it is not for that. */
    void chunkedWatchWorks() {
        watchWay = WatchWay.CHUNKED;
    }

    /** Lets all watches be asked for by WebSocket, and this one once more, unless the server took a chunked one: whether it does. */
    boolean useWebSocket(ApiCall watch) {
        if (watchWay == WatchWay.CHUNKED) {
            return false;
        }
        watchWay = WatchWay.WEB_SOCKET;
        requests.increment();
        threads.execute(watch::send);
        return true;
    }

    /** The server does not take a WebSocket, or what lies before it: it is asked as at the beginning. */
    void webSocketFails() {
        watchWay = WatchWay.CHUNKED_FIRST;
    }

    void done(ApiCall call) {
        calls.remove(call);
    }
}
