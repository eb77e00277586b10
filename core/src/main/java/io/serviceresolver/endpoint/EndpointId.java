package io.serviceresolver.endpoint;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What makes an endpoint the same one from one snapshot to the next: calls in flight and health are kept by it. The
 * UID tells a Pod from the one that had its address before. Immutable.
 *
 * <p>There is one for each endpoint, so an IPv4 address and a UUID, which nearly all are, are held as numbers: texts are made
 * anew for whoever asks, and are the very ones that were given.
 */
public final class EndpointId {

    private static final int UUID_LENGTH = 36;
    private static final UUID NO_UUID = new UUID(0, 0);

    private final int ipv4;
    private final int port;

    /** The upper half of the UUID; 0, as the lower one, where there is none. */
    private final long uidHigh;

    private final long uidLow;

    /** What is not held as numbers; null where all is. */
    private final @Nullable Texts texts;

    /** An address that is no IPv4 address, and a UID that is no UUID; null where there is no such. */
    private record Texts(@Nullable String address, @Nullable String uid) {}

    /**
     * An identity.
     *
     * @param address the IP address, as {@link IpAddresses#canonical} writes it
     * @param port the port
     * @param uid the UID of the Pod, or null where the source does not know it
     */
    public EndpointId(String address, int port, @Nullable String uid) {
        long number = Ipv4.parse(address);
        UUID uuid = uuid(uid);
        this.ipv4 = (int) number;
        this.port = port;
        this.uidHigh = uuid.getMostSignificantBits();
        this.uidLow = uuid.getLeastSignificantBits();
        this.texts = texts(number == Ipv4.NONE ? address : null, uuid.equals(NO_UUID) ? uid : null);
    }

    private EndpointId(int ipv4, int port, long uidHigh, long uidLow, @Nullable Texts texts) {
        this.ipv4 = ipv4;
        this.port = port;
        this.uidHigh = uidHigh;
        this.uidLow = uidLow;
        this.texts = texts;
    }

    /** The UUID that this is the usual text of; {@link #NO_UUID} where it is another text, or none. */
    private static UUID uuid(@Nullable String uid) {
        if (uid == null || uid.length() != UUID_LENGTH) {
            return NO_UUID;
        }
        try {
            UUID uuid = UUID.fromString(uid);
            return uuid.toString().equals(uid) ? uuid : NO_UUID;
        } catch (IllegalArgumentException e) {
            return NO_UUID;
        }
    }

    private static @Nullable Texts texts(@Nullable String address, @Nullable String uid) {
        return address == null && uid == null ? null : new Texts(address, uid);
    }

    /** The IP address: as it was given. */
    public String address() {
        String other = otherAddress();
        return other == null ? Ipv4.text(ipv4) : other;
    }

    /** The address where it is no IPv4 address. */
    private @Nullable String otherAddress() {
        return texts == null ? null : texts.address;
    }

    /** The port: as it was given. */
    public int port() {
        return port;
    }

    /** The UID of the Pod: as it was given, null where the source does not know it. */
    public @Nullable String uid() {
        return isUuid() ? new UUID(uidHigh, uidLow).toString() : otherUid();
    }

    private boolean isUuid() {
        return (uidHigh | uidLow) != 0;
    }

    private @Nullable String otherUid() {
        return texts == null ? null : texts.uid;
    }

    /** Whether the UID of the Pod is known: true where it is. */
    public boolean hasUid() {
        return isUuid() || otherUid() != null;
    }

    /**
     * Whether another endpoint has the same UID, or neither has one.
     *
     * @param other the other one, at whatever address
     * @return true where that is so
     */
    public boolean hasUidOf(EndpointId other) {
        return uidHigh == other.uidHigh && uidLow == other.uidLow && Objects.equals(otherUid(), other.otherUid());
    }

    /** The family of the address. */
    public IpFamily family() {
        String other = otherAddress();
        return other == null ? IpFamily.IPV4 : IpFamily.of(other);
    }

    /**
     * The same address and port with another UID.
     *
     * @param uid the UID, or null
     * @return that identity
     */
    public EndpointId withUid(@Nullable String uid) {
        UUID uuid = uuid(uid);
        Texts others = texts(otherAddress(), uuid.equals(NO_UUID) ? uid : null);
        return new EndpointId(ipv4, port, uuid.getMostSignificantBits(), uuid.getLeastSignificantBits(), others);
    }

    /**
     * The same address and UID at another port.
     *
     * @param other the port
     * @return that identity
     */
    public EndpointId withPort(int other) {
        return new EndpointId(ipv4, other, uidHigh, uidLow, texts);
    }

    InetSocketAddress socketAddress() {
        return new InetSocketAddress(inetAddress(), port);
    }

    /** With its literal as its host name, so that nobody looks one up. */
    private InetAddress inetAddress() {
        String other = otherAddress();
        if (other != null) {
            return IpAddresses.parse(other);
        }
        try {
            return InetAddress.getByAddress(Ipv4.text(ipv4), Ipv4.bytes(ipv4));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As a URI writes it. */
    String authority() {
        String other = otherAddress();
        return other == null
                ? Ipv4.text(ipv4, port)
                : (other.indexOf(':') < 0 ? other : "[" + other + "]") + ":" + port;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof EndpointId that
                        && ipv4 == that.ipv4
                        && port == that.port
                        && uidHigh == that.uidHigh
                        && uidLow == that.uidLow
                        && Objects.equals(texts, that.texts));
    }

    @Override
    public int hashCode() {
        int uid = Long.hashCode(uidHigh * 31 + uidLow);
        return ((ipv4 * 31 + port) * 31 + uid) * 31 + Objects.hashCode(texts);
    }

    @Override
    public String toString() {
        return "EndpointId[address=" + address() + ", port=" + port + ", uid=" + uid() + "]";
    }
}
