package io.serviceresolver.k8s;

import io.serviceresolver.source.SourceContext;

/**
 * All that it takes to ask the API server on behalf of one scheduler.
 *
 * @param client asks it
 * @param context time, timers and randomness
 * @param options what can be set
 */
record ApiAccess(ApiClient client, SourceContext context, WatchOptions options) {

    /** What keeps a collection current. */
    <T> Reflector<T> reflector(ApiResource resource, ItemReader<T> reader, Reflector.State<T> state) {
        return new Reflector<>(resource, client, reader, context, options.silenceTimeout(), state);
    }
}
