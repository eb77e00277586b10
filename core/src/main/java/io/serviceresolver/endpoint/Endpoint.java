package io.serviceresolver.endpoint;

import io.serviceresolver.text.BadInput;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One address and port behind a Service, and what is known of it: normally a Pod. Immutable. Two endpoints are equal
 * when all of it is equal; they are the same endpoint, perhaps at different times, when their {@link #id()} is.
 */
public final class Endpoint {

    private final EndpointId id;
    private final Placement placement;
    private final Replica replica;
    private final long nameTail;

    private Endpoint(EndpointId id, Placement placement, Replica replica, long nameTail) {
        this.id = id;
        this.placement = placement;
        this.replica = replica;
        this.nameTail = nameTail;
    }

    /**
     * A ready endpoint of which nothing else is known.
     *
     * @param address an IP address literal, IPv6 without brackets
     * @param port 1 to 65535
     * @return the endpoint
     * @throws IllegalArgumentException if the address is no IP address or the port is out of range
     */
    public static Endpoint of(String address, int port) {
        return builder(address, port).build();
    }

    /**
     * Starts an endpoint that is ready unless said otherwise.
     *
     * @param address an IP address literal, IPv6 without brackets
     * @param port 1 to 65535
     * @return a builder
     * @throws IllegalArgumentException if the address is no IP address or the port is out of range
     */
    public static Builder builder(String address, int port) {
        EndpointId id = new EndpointId(IpAddresses.canonical(address), valid(port), null);
        return new Builder(new Endpoint(id, Placement.UNKNOWN, Replica.UNKNOWN, 0));
    }

    private static int valid(int port) {
        if (port < 1 || port > 65535) {
            throw BadInput.of("port", Integer.toString(port), "1 to 65535");
        }
        return port;
    }

    /** What makes it the same endpoint in another snapshot: address, port and Pod UID. */
    public EndpointId id() {
        return id;
    }

    /** The IP address: the literal as {@link IpAddresses#canonical} writes it, IPv6 without brackets. */
    public String address() {
        return id.address();
    }

    /** The port to connect to: 1 to 65535. */
    public int port() {
        return id.port();
    }

    /** Whether it may be called: the conditions. */
    public Conditions conditions() {
        return replica.conditions();
    }

    /** The name of the Pod: the name, where the source knows it. */
    public Optional<String> podName() {
        return Optional.ofNullable(replica.podName(nameTail));
    }

    /** The Pod's own host name, as for a Pod of a StatefulSet: the host name, where the source knows one. */
    public Optional<String> hostname() {
        return Optional.ofNullable(replica.isHostPod() ? replica.podName(nameTail) : replica.hostname());
    }

    /** The node that it runs on: the name of the node, where the source knows it. */
    public Optional<String> nodeName() {
        return Optional.ofNullable(placement.nodeName());
    }

    /** The zone that it runs in: the zone, where the source knows it. */
    public Optional<String> zone() {
        return Optional.ofNullable(placement.zone());
    }

    /** The protocol that the Service declares for this port, such as {@code http} or {@code kubernetes.io/h2c}: the {@code appProtocol}, where there is one. */
    public Optional<String> appProtocol() {
        return Optional.ofNullable(replica.appProtocol());
    }

    /** The scheme that {@link #appProtocol} stands for, such as {@code http} for {@code kubernetes.io/h2c}, where it does. */
    public Optional<String> scheme() {
        return appProtocol().flatMap(AppProtocol::scheme);
    }

    /** What {@code subset(...)} selects by: the labels the source knows, possibly none. */
    public Map<String, String> labels() {
        return placement.labels();
    }

    /** For whom it is meant: {@link Hints#NONE} where nothing is hinted. */
    public Hints hints() {
        return placement.hints();
    }

    /**
     * Address and port for a socket. Nothing is looked up, not even by whoever asks it for its host name: that is the
     * address.
     */
    public InetSocketAddress socketAddress() {
        return id.socketAddress();
    }

    /** Address and port as a URI writes them: IPv6 in brackets: {@code 10.0.0.7:8080} or {@code [fd00::7]:8080}. */
    public String authority() {
        return id.authority();
    }

    /**
     * The root URI of this endpoint.
     *
     * @param scheme such as {@code http}
     * @return {@code http://10.0.0.7:8080/}
     * @throws IllegalArgumentException if it is no scheme of a URI
     */
    public URI uri(String scheme) {
        return URI.create(DnsNames.requireScheme(scheme) + "://" + authority() + "/");
    }

    /** This endpoint as a builder, to change some of it: a builder holding all values of this endpoint. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    Placement placement() {
        return placement;
    }

    Replica replica() {
        return replica;
    }

    /** The same endpoint, with other objects that are equal to its own. */
    @SuppressWarnings("ReferenceEquality") // Of those that are equal one is to stay.
    Endpoint with(Placement equalPlacement, Replica equalReplica) {
        return equalPlacement == placement && equalReplica == replica
                ? this
                : new Endpoint(id, equalPlacement, equalReplica, nameTail);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Endpoint that
                        && id.equals(that.id)
                        && nameTail == that.nameTail
                        && replica.equals(that.replica)
                        && placement.equals(that.placement));
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    /** {@code 10.0.0.7:8080}, with the Pod's name in parentheses where it is known. */
    @Override
    public String toString() {
        return podName().map(name -> authority() + " (" + name + ")").orElseGet(this::authority);
    }

    /** Collects the values of an {@link Endpoint}. Not thread-safe. */
    public static final class Builder {

        private EndpointId id;
        private Conditions conditions;
        private @Nullable String podName;
        private @Nullable String hostname;
        private @Nullable String nodeName;
        private @Nullable String zone;
        private @Nullable String appProtocol;
        private Map<String, String> labels;
        private Hints hints;

        /** What it was before, and is again where it is equal to that. */
        private final Placement placement;

        private final Replica replica;

        private Builder(Endpoint from) {
            id = from.id;
            conditions = from.conditions();
            podName = from.podName().orElse(null);
            hostname = from.hostname().orElse(null);
            nodeName = from.placement.nodeName();
            zone = from.placement.zone();
            appProtocol = from.replica.appProtocol();
            labels = from.labels();
            hints = from.hints();
            placement = from.placement;
            replica = from.replica;
        }

        /** Sets the UID of the Pod: the UID, or null where it is not known. */
        public Builder uid(@Nullable String value) {
            id = id.withUid(value);
            return this;
        }

        /**
         * Sets another port.
         *
         * @param value 1 to 65535
         * @return this builder
         * @throws IllegalArgumentException if it is out of range
         */
        public Builder port(int value) {
            id = id.withPort(valid(value));
            return this;
        }

        /** Sets the conditions, {@link Conditions#READY} by default: the conditions. */
        public Builder conditions(Conditions value) {
            conditions = value;
            return this;
        }

        /** Sets the name of the Pod: the name, or null where it is not known. */
        public Builder podName(@Nullable String value) {
            podName = value;
            return this;
        }

        /** Sets the Pod's own host name: the host name, or null where there is none. */
        public Builder hostname(@Nullable String value) {
            hostname = value;
            return this;
        }

        /** Sets the node: the name of the node, or null where it is not known. */
        public Builder nodeName(@Nullable String value) {
            nodeName = value;
            return this;
        }

        /** Sets the zone: the zone, or null where it is not known. */
        public Builder zone(@Nullable String value) {
            zone = value;
            return this;
        }

        /** Sets the protocol of the port: the {@code appProtocol}, or null where there is none. */
        public Builder appProtocol(@Nullable String value) {
            appProtocol = value;
            return this;
        }

        /** Sets the labels, none by default: the labels, copied. */
        public Builder labels(Map<String, String> value) {
            labels = Map.copyOf(value);
            return this;
        }

        /** Sets for whom it is meant, {@link Hints#NONE} by default: the hints. */
        public Builder hints(Hints value) {
            hints = value;
            return this;
        }

        /** Makes the endpoint: the endpoint. */
        public Endpoint build() {
            Placement place = new Placement(nodeName, zone, labels, hints);
            Replica made = Replica.of(podName, hostname, appProtocol, conditions);
            return new Endpoint(
                    id,
                    place.equals(placement) ? placement : place,
                    made.equals(replica) ? replica : made,
                    NameTail.of(podName));
        }
    }
}
