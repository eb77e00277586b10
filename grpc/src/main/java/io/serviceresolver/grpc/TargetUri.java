package io.serviceresolver.grpc;

import io.serviceresolver.text.BadInput;
import java.net.URI;

/** Reads what a channel is made for. */
final class TargetUri {

    private TargetUri() {}

    /**
     * The service as it was written.
     *
     * @param target {@code service-resolver:///skippy:grpc}
     * @return {@code skippy:grpc}, whatever it is
     * @throws IllegalArgumentException if there is anything but a path
     */
    static String service(URI target) {
        String path = target.getRawPath();
        boolean plain = target.getRawAuthority() == null
                && target.getRawQuery() == null
                && target.getRawFragment() == null
                && path != null
                && path.startsWith("/");
        if (!plain) {
            throw BadInput.of(
                    "target",
                    target.toString(),
                    ServiceNameResolverProvider.SCHEME + ":///skippy, with :port behind the service if wished");
        }
        return path.substring(1);
    }
}
