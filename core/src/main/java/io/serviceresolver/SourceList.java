package io.serviceresolver;

import io.serviceresolver.source.EndpointSource;
import java.util.ArrayList;
import java.util.List;

/** The sources of a resolver that is being built. Not thread-safe. */
final class SourceList {

    private final List<EndpointSource> sources = new ArrayList<>();

    void first(EndpointSource source) {
        if (!sources.isEmpty()) {
            throw new IllegalStateException("source: " + source.name() + " (expected: one source only, which is "
                    + sources.get(0).name() + "; add others with fallback(...))");
        }
        sources.add(source);
    }

    void next(EndpointSource source) {
        if (sources.isEmpty()) {
            throw new IllegalStateException("fallback: " + source.name() + " (expected: source(...) before it)");
        }
        sources.add(source);
    }

    /** Those that were chosen; what there is by default where none was. */
    List<EndpointSource> orDefault() {
        return sources.isEmpty() ? DefaultSources.find() : List.copyOf(sources);
    }
}
