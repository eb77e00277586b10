package io.serviceresolver.k8s;

import io.fabric8.kubernetes.client.http.HttpClient;
import java.util.Optional;

/**
 * A way to the API server: knows its address, its certificate and our credentials.
 *
 * @param http sends requests, each of them once
 * @param base what all paths begin with, with a slash at its end
 */
record ApiTransport(HttpClient http, String base) {

    ApiTransport {
        base = base.endsWith("/") ? base : base + "/";
    }

    /** Makes one. */
    @FunctionalInterface
    interface Opener {

        /**
         * Reads files and builds a client: takes its time.
         *
         * @param threads what the client runs on
         * @return the way to the API server
         * @throws RuntimeException if something is missing or malformed
         */
        ApiTransport open(ApiThreads threads);

        /** Why there will never be one in this process; nothing where there may be one. */
        default Optional<String> obstacle() {
            return Optional.empty();
        }
    }
}
