package io.serviceresolver.endpoint;

import io.serviceresolver.text.BadInput;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which addresses that others wrote may be called. The names and the endpoints of Services can be written by whoever may
 * write to a namespace or answer a DNS query; without a policy they could make this process call itself, its node or
 * the cloud's metadata service (CVE-2021-25737, CVE-2021-25740). Immutable; nothing is ever looked up.
 *
 * <p>The {@linkplain #standard() standard policy} refuses addresses that no Pod and no Service can have: loopback,
 * link-local, multicast, unspecified and broadcast ones, and those of the metadata services of the large clouds; also
 * where they are inside an IPv6 address: mapped, compatible, translated (RFC 6052) or 6to4 (RFC 3056). Private addresses
 * are what Pods have, and are not refused.
 */
public final class AddressPolicy {

    private static final String LOOPBACK = "loopback";

    private static final AddressPolicy STANDARD = new AddressPolicy(
            List.of(
                    // Of Amazon (also of EKS Pod identities), Google, Oracle, Azure (the host agent) and Alibaba.
                    refused("metadata service", "169.254.169.254", "fd00:ec2::254", "fd00:ec2::23", "fd20:ce::254"),
                    refused("metadata service", "fd00:c1::a9fe:a9fe", "168.63.129.16", "100.100.100.200"),
                    refused(LOOPBACK, "127.0.0.0/8", "::1"),
                    refused("link-local", "169.254.0.0/16", "fe80::/10"),
                    refused("multicast", "224.0.0.0/4", "ff00::/8"),
                    refused("unspecified", "0.0.0.0/8", "::"),
                    refused("broadcast", "255.255.255.255")),
            List.of());

    /** Blocks of IPv6 addresses whose last four bytes are an IPv4 address; a mapped address is read as IPv4 anyway. */
    private static final List<AddressBlock> EMBEDDING = blocks("::/96", "::ffff:0:0:0/96", "64:ff9b::/96");

    /** Blocks of IPv6 addresses with an IPv4 address right behind the first two bytes. */
    private static final AddressBlock SIX_TO_FOUR = AddressBlock.parse("2002::/16");

    private final List<Refusal> refusals;
    private final List<AddressBlock> allowed;

    private AddressPolicy(List<Refusal> refusals, List<AddressBlock> allowed) {
        this.refusals = refusals;
        this.allowed = allowed;
    }

    /** The policy where nothing else is said: it refuses what no Pod and no Service can have. */
    public static AddressPolicy standard() {
        return STANDARD;
    }

    /** This policy with loopback addresses allowed, for tests and for what runs on one machine. */
    public AddressPolicy permitLoopback() {
        return new AddressPolicy(
                refusals.stream()
                        .filter(refusal -> !refusal.reason.equals(LOOPBACK))
                        .toList(),
                allowed);
    }

    /**
     * This policy with all refused that is outside these networks, such as those of the cluster's Pods and Services.
     * What it refused before it still refuses.
     *
     * @param networks such as {@code 10.0.0.0/8} or {@code fd00::/8}, at least one; they replace those of an earlier
     *     call
     * @return the new policy
     * @throws IllegalArgumentException if there is none, or one of them is no block of addresses
     */
    public AddressPolicy allowOnly(String... networks) {
        if (networks.length == 0) {
            throw BadInput.of("networks", "none", "at least one");
        }
        return new AddressPolicy(refusals, blocks(networks));
    }

    /**
     * Why an address may not be called.
     *
     * @param address what should be an IP address literal, IPv6 without brackets
     * @return the reason, in one of a few fixed terms such as {@code loopback}; nothing where it may be called
     */
    public Optional<String> refusal(String address) {
        InetAddress parsed;
        try {
            parsed = IpAddresses.parse(address);
        } catch (IllegalArgumentException e) {
            return Optional.of("not an IP address");
        }
        byte[] bytes = parsed.getAddress();
        return Stream.concat(Stream.of(bytes), embedded(parsed).stream())
                .flatMap(one -> refusals.stream().filter(refusal -> refusal.covers(one)))
                .map(Refusal::reason)
                .findFirst()
                .or(() -> inside(bytes) ? Optional.empty() : Optional.of("outside the allowed networks"));
    }

    private boolean inside(byte[] address) {
        return allowed.isEmpty() || allowed.stream().anyMatch(block -> block.contains(address));
    }

    /** The IPv4 address that is part of an IPv6 address; {@code ::1} has none (RFC 4291, section 2.5.5.1). */
    private static Optional<byte[]> embedded(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (SIX_TO_FOUR.contains(bytes)) {
            return Optional.of(Arrays.copyOfRange(bytes, 2, 6));
        }
        boolean embedding = EMBEDDING.stream().anyMatch(block -> block.contains(bytes));
        return embedding && !address.isLoopbackAddress()
                ? Optional.of(Arrays.copyOfRange(bytes, 12, 16))
                : Optional.empty();
    }

    private static Refusal refused(String reason, String... networks) {
        return new Refusal(reason, blocks(networks));
    }

    private static List<AddressBlock> blocks(String... networks) {
        return Arrays.stream(networks).map(AddressBlock::parse).toList();
    }

    private record Refusal(String reason, List<AddressBlock> blocks) {
        boolean covers(byte[] address) {
            return blocks.stream().anyMatch(block -> block.contains(address));
        }
    }
}
