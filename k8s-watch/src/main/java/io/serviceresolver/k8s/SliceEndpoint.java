package io.serviceresolver.k8s;

import io.serviceresolver.endpoint.Conditions;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.Hints;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint of an EndpointSlice, without its port. Immutable.
 *
 * @param address its first address, in canonical form
 * @param conditions its conditions, defaults applied
 * @param uid the UID of its Pod, if it has one
 * @param podName the name of its Pod, if it has one
 * @param hostname its host name, if it has one
 * @param nodeName the name of its node, if known
 * @param zone its zone, if known
 * @param labels what can be selected by
 * @param hints for whom it is meant
 */
record SliceEndpoint(
        String address,
        Conditions conditions,
        @Nullable String uid,
        @Nullable String podName,
        @Nullable String hostname,
        @Nullable String nodeName,
        @Nullable String zone,
        Map<String, String> labels,
        Hints hints) {

    /** What tells it from another one: two Pods may have the same address, one after the other. */
    record Key(String address, @Nullable String uid) {}

    Key key() {
        return new Key(address, uid);
    }

    /** The same one in another state. */
    SliceEndpoint with(Conditions other) {
        return new SliceEndpoint(address, other, uid, podName, hostname, nodeName, zone, labels, hints);
    }

    /** Whether it would be missed if it were not there: ready, and meant to stay. */
    boolean stays() {
        return conditions.ready() && !conditions.terminating();
    }

    Endpoint at(SlicePort port) {
        return Endpoint.builder(address, port.number())
                .uid(uid)
                .conditions(conditions)
                .podName(podName)
                .hostname(hostname)
                .nodeName(nodeName)
                .zone(zone)
                .appProtocol(port.appProtocol())
                .labels(labels)
                .hints(hints)
                .build();
    }
}
