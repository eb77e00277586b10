package io.serviceresolver.k8s;

import io.serviceresolver.endpoint.AppProtocol;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the scheme of a URI says of a port. */
final class Schemes {

    private static final Map<String, Integer> WELL_KNOWN = Map.of("http", 80, "https", 443, "ws", 80, "wss", 443);

    private Schemes() {}

    /** The port of URIs without one. */
    static Optional<Integer> wellKnown(String scheme) {
        return Optional.ofNullable(WELL_KNOWN.get(scheme));
    }

    /** Whether a port that declares this is called by this scheme. */
    static boolean match(@Nullable String appProtocol, String scheme) {
        return appProtocol != null
                && (appProtocol.equals(scheme)
                        || AppProtocol.scheme(appProtocol)
                                .filter(scheme::equals)
                                .isPresent());
    }
}
