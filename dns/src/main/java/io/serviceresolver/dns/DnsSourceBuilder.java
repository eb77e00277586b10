package io.serviceresolver.dns;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Builds a {@link DnsSource}. Not thread-safe. Each value has a default; {@link #build} checks how they fit together. */
public final class DnsSourceBuilder {

    private static final Path RESOLV_CONF = Path.of("/etc/resolv.conf");
    private static final int DNS_PORT = 53;
    private static final Duration MILLISECOND = Duration.ofMillis(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration DAY = Duration.ofDays(1);

    private final List<InetSocketAddress> nameservers = new ArrayList<>();
    private Path resolvConf = RESOLV_CONF;
    private int port = DNS_PORT;
    private Duration queryTimeout = Duration.ofMillis(500);
    private Duration hedgeDelay = Duration.ofMillis(200);
    private int tries = 3;
    private Duration refreshTimeout = Duration.ofSeconds(3);
    private Duration minTtl = Duration.ofSeconds(1);
    private Duration maxTtl = Duration.ofSeconds(30);
    private double jitter = 0.1;
    private Duration negativeHold = Duration.ofSeconds(30);
    private int maxAddresses = 2000;
    private int ednsPayload = 1232;

    DnsSourceBuilder() {}

    /**
     * Adds a server to ask, after those added before. With one of them, no resolv.conf is read.
     *
     * @param server its address and port, usually 53
     * @return this builder
     * @throws IllegalArgumentException if the address is not resolved, or the port is 0
     */
    public DnsSourceBuilder nameserver(InetSocketAddress server) {
        check(!server.isUnresolved() && server.getPort() > 0, "nameserver", server, "an IP address and a port");
        nameservers.add(server);
        return this;
    }

    /**
     * Sets the file that names the servers to ask, three at most, where none were added here. It is read again when it
     * has changed.
     *
     * @param file {@code /etc/resolv.conf} by default; it need not exist yet
     * @return this builder
     */
    public DnsSourceBuilder resolvConf(Path file) {
        resolvConf = file;
        return this;
    }

    /** Sets the port of the servers that resolv.conf names, so that a test needs no port 53. */
    DnsSourceBuilder resolvConfPort(int value) {
        port = value;
        return this;
    }

    /**
     * Sets how long one try waits for its answer. To a try whose answer is truncated, TCP gives the same time again.
     *
     * @param timeout 1 ms to 1 min; 500 ms by default
     * @return this builder
     * @throws IllegalArgumentException if it is out of range
     */
    public DnsSourceBuilder queryTimeout(Duration timeout) {
        queryTimeout = inRange("queryTimeout", timeout, MILLISECOND, MINUTE);
        return this;
    }

    /**
     * Sets after how long without an answer the next try starts, while the one before goes on waiting. A try that fails
     * is followed at once by one with the next server.
     *
     * @param delay 1 ms up to the query time-out, which disables it; 200 ms by default
     * @return this builder
     * @throws IllegalArgumentException if it is out of range
     */
    public DnsSourceBuilder hedgeDelay(Duration delay) {
        hedgeDelay = inRange("hedgeDelay", delay, MILLISECOND, MINUTE);
        return this;
    }

    /**
     * Sets how often one question is asked at most, over all servers.
     *
     * @param count 1 to 10; 3 by default
     * @return this builder
     * @throws IllegalArgumentException if it is out of range
     */
    public DnsSourceBuilder tries(int count) {
        check(count >= 1 && count <= 10, "tries", count, "1 to 10");
        tries = count;
        return this;
    }

    /**
     * Sets how long a refresh takes at most, with all questions it asks.
     *
     * @param timeout 1 ms to 1 min; 3 s by default
     * @return this builder
     * @throws IllegalArgumentException if it is out of range
     */
    public DnsSourceBuilder refreshTimeout(Duration timeout) {
        refreshTimeout = inRange("refreshTimeout", timeout, MILLISECOND, MINUTE);
        return this;
    }

    /**
     * Sets the shortest time between two refreshes, whatever the TTL.
     *
     * @param ttl 1 ms to 1 day; 1 s by default
     * @return this builder
     * @throws IllegalArgumentException if it is out of range
     */
    public DnsSourceBuilder minTtl(Duration ttl) {
        minTtl = inRange("minTtl", ttl, MILLISECOND, DAY);
        return this;
    }

    /**
     * Sets the longest time between two refreshes, whatever the TTL.
     *
     * @param ttl 1 ms to 1 day; 30 s by default
     * @return this builder
     * @throws IllegalArgumentException if it is out of range
     */
    public DnsSourceBuilder maxTtl(Duration ttl) {
        maxTtl = inRange("maxTtl", ttl, MILLISECOND, DAY);
        return this;
    }

    /**
     * Sets by which fraction the time between two refreshes is varied at random, up and down, after it was put within
     * its bounds.
     *
     * @param fraction 0, which disables it, to 0.5; 0.1 by default
     * @return this builder
     * @throws IllegalArgumentException if it is out of range
     */
    public DnsSourceBuilder jitter(double fraction) {
        check(fraction >= 0 && fraction <= 0.5, "jitter", fraction, "0 to 0.5");
        jitter = fraction;
        return this;
    }

    /**
     * Sets how long endpoints that were found are held while the server says that there are none, asking again
     * meanwhile, before that is believed: for this time, and until it has said so three times.
     *
     * @param hold 0, which disables it, to 1 day; 30 s by default
     * @return this builder
     * @throws IllegalArgumentException if it is out of range
     */
    public DnsSourceBuilder negativeHold(Duration hold) {
        negativeHold = inRange("negativeHold", hold, Duration.ZERO, DAY);
        return this;
    }

    /**
     * Sets how many endpoints one service has at most; of more, some are left out, not the same ones in every process.
     *
     * @param count 1 to 10,000; 2,000 by default
     * @return this builder
     * @throws IllegalArgumentException if it is out of range
     */
    public DnsSourceBuilder maxAddresses(int count) {
        check(count >= 1 && count <= 10_000, "maxAddresses", count, "1 to 10000");
        maxAddresses = count;
        return this;
    }

    /**
     * Sets the size of UDP answers that servers are told is taken (EDNS); what is larger comes over TCP.
     *
     * @param bytes 512 to 4,096; 1,232 by default, which no network fragments
     * @return this builder
     * @throws IllegalArgumentException if it is out of range
     */
    public DnsSourceBuilder ednsPayload(int bytes) {
        check(bytes >= 512 && bytes <= 4096, "ednsPayload", bytes, "512 to 4096");
        ednsPayload = bytes;
        return this;
    }

    /**
     * Makes the source. Nothing is asked, and no file is read, before a service is followed.
     *
     * @return the source
     * @throws IllegalArgumentException if the shortest TTL is above the longest, or the hedge delay above the time-out
     */
    public DnsSource build() {
        check(minTtl.compareTo(maxTtl) <= 0, "minTtl", minTtl, "at most maxTtl, which is " + maxTtl);
        check(
                hedgeDelay.compareTo(queryTimeout) <= 0,
                "hedgeDelay",
                hedgeDelay,
                "at most queryTimeout, which is " + queryTimeout);
        DnsSettings settings = new DnsSettings(
                queryTimeout,
                hedgeDelay,
                tries,
                refreshTimeout,
                minTtl,
                maxTtl,
                jitter,
                negativeHold,
                maxAddresses,
                ednsPayload);
        return new DnsSource(
                settings, nameservers.isEmpty() ? Nameservers.of(resolvConf, port) : Nameservers.of(nameservers));
    }

    private static Duration inRange(String what, Duration value, Duration min, Duration max) {
        check(value.compareTo(min) >= 0 && value.compareTo(max) <= 0, what, value, min + " to " + max);
        return value;
    }

    private static void check(boolean valid, String what, Object value, String expected) {
        if (!valid) {
            throw new IllegalArgumentException(what + ": " + value + " (expected: " + expected + ")");
        }
    }
}
