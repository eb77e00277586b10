package io.serviceresolver.endpoint;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What endpoints have in common that are in the same place. Immutable.
 *
 * @param nodeName the name of the node, or null where it is not known
 * @param zone the zone, or null where it is not known
 * @param labels what can be selected by, which is mostly the node's and that of what made the Pod
 * @param hints for whom they are meant
 */
record Placement(@Nullable String nodeName, @Nullable String zone, Map<String, String> labels, Hints hints) {

    /** Nothing is known. */
    static final Placement UNKNOWN = new Placement(null, null, Map.of(), Hints.NONE);
}
