package io.serviceresolver.endpoint;

import org.jspecify.annotations.Nullable;

/**
 * What endpoints of a Service have in common whose Pods were made by the same ReplicaSet or the like, and are in the same state.
 * Immutable.
 *
 * @param nameHead the name of the Pod but for its {@linkplain NameTail tail}, or null where it is not known
 * @param isHostPod whether the host name is the name of the Pod, as for a Pod of a StatefulSet
 * @param hostname a host name that is not, or null
 * @param appProtocol what the Service declares for the port, or null
 * @param conditions whether it may be called
 */
record Replica(
        @Nullable String nameHead,
        boolean isHostPod,
        @Nullable String hostname,
        @Nullable String appProtocol,
        Conditions conditions) {

    /** Ready, and nothing else is known. */
    static final Replica UNKNOWN = new Replica(null, false, null, null, Conditions.READY);

    static Replica of(
            @Nullable String podName, @Nullable String hostname, @Nullable String appProtocol, Conditions conditions) {
        boolean isHostPod = podName != null && podName.equals(hostname);
        String head = podName == null ? null : podName.substring(0, NameTail.start(podName));
        return new Replica(head, isHostPod, isHostPod ? null : hostname, appProtocol, conditions);
    }

    /** The name of the Pod with this tail, or null where it is not known. */
    @Nullable
    String podName(long tail) {
        return nameHead == null ? null : nameHead + NameTail.text(tail);
    }
}
