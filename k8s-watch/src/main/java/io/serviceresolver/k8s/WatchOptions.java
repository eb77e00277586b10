package io.serviceresolver.k8s;

import java.time.Duration;

/**
 * What can be set.
 *
 * @param silenceTimeout how long a watch may say nothing before it is replaced
 * @param disconnectGrace how long a set counts as current after the watch broke off
 * @param maxEndpoints how many endpoints a set may have
 * @param namespaceWatchAbove how many Services of a namespace are watched each by itself
 * @param access how Services are called
 */
record WatchOptions(
        Duration silenceTimeout,
        Duration disconnectGrace,
        int maxEndpoints,
        int namespaceWatchAbove,
        AccessOptions access) {

    static final WatchOptions DEFAULTS =
            new WatchOptions(Duration.ofSeconds(75), Duration.ofSeconds(5), 10_000, 8, AccessOptions.DEFAULTS);

    WatchOptions with(AccessOptions other) {
        return new WatchOptions(silenceTimeout, disconnectGrace, maxEndpoints, namespaceWatchAbove, other);
    }
}
