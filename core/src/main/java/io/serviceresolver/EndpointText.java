package io.serviceresolver;

import io.serviceresolver.endpoint.Conditions;
import io.serviceresolver.endpoint.InternalTrafficPolicy;
import java.time.Duration;

/** How a person writes what is known of endpoints. */
final class EndpointText {

    private EndpointText() {}

    static String of(Conditions conditions) {
        String readiness = conditions.ready() ? "ready" : "not ready";
        if (!conditions.terminating()) {
            return conditions.ready() == conditions.serving() ? readiness : readiness + serving(conditions);
        }
        return (conditions.ready() ? "ready, terminating" : "terminating") + serving(conditions);
    }

    private static String serving(Conditions conditions) {
        return conditions.serving() ? ", serving" : ", not serving";
    }

    /** {@code 45s}, {@code 3m12s}, {@code 2h5m} or {@code 4d}. */
    static String of(Duration age) {
        if (age.toDays() > 0) {
            return age.toDays() + "d";
        }
        if (age.toHours() > 0) {
            return age.toHours() + "h" + age.toMinutesPart() + "m";
        }
        return age.toMinutes() > 0 ? age.toMinutes() + "m" + age.toSecondsPart() + "s" : age.toSeconds() + "s";
    }

    /** As the API writes it: {@code Cluster}. */
    static String of(InternalTrafficPolicy policy) {
        return policy == InternalTrafficPolicy.LOCAL ? "Local" : "Cluster";
    }

    /** {@code none}, or for how long. */
    static String affinity(Duration timeout) {
        return timeout.isZero() ? "none" : "ClientIP for " + of(timeout);
    }
}
