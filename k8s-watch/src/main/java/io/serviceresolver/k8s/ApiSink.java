package io.serviceresolver.k8s;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Takes the answer to a request. Called by the threads of the HTTP client, one call at a time, until {@link #ended} or
 * {@link #failed}, of which one comes last, unless the call was cancelled.
 */
interface ApiSink {

    /** The server says yes: 2xx, and the body will follow. */
    void opened();

    /**
     * A part of the body.
     *
     * @param bytes to be read at once
     * @param more to be run when there is room for more
     */
    void bytes(List<ByteBuffer> bytes, Runnable more);

    /** The body is complete. */
    void ended();

    /** It came to nothing, or broke off. */
    void failed(ApiFailure failure);
}
