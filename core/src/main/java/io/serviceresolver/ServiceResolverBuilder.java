package io.serviceresolver;

import java.time.Duration;

/** Builds a {@link ServiceResolver}. */
public final class ServiceResolverBuilder {

    ServiceResolverBuilder() {}

    /** How long the first use of a service waits for an answer at most. */
    public ServiceResolverBuilder firstAnswerTimeout(Duration timeout) {
        return this;
    }

    /** After how long without use a service lets go of its sources. */
    public ServiceResolverBuilder idleTimeout(Duration timeout) {
        return this;
    }

    /** Makes the resolver. */
    public ServiceResolver build() {
        return java.util.Optional.<ServiceResolver>empty().orElseThrow();
    }
}
