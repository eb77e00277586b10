package io.serviceresolver.endpoint;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the {@code appProtocol} of a port means for a URI: the names of IANA and those of Kubernetes (KEP-3726).
 */
public final class AppProtocol {

    private static final Map<String, String> SCHEMES = Map.of(
            "http", "http",
            "https", "https",
            "ws", "ws",
            "wss", "wss",
            "kubernetes.io/h2c", "http",
            "kubernetes.io/ws", "ws",
            "kubernetes.io/wss", "wss");

    private AppProtocol() {}

    /**
     * The scheme of a URI by which such a port is called.
     *
     * @param appProtocol such as {@code https} or {@code kubernetes.io/h2c}; the case does not matter
     * @return {@code http}, {@code https}, {@code ws} or {@code wss}; nothing where it means none of them
     */
    public static Optional<String> scheme(String appProtocol) {
        return Optional.ofNullable(SCHEMES.get(appProtocol.toLowerCase(Locale.ROOT)));
    }
}
