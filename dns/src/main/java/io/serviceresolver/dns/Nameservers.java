package io.serviceresolver.dns;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whom to ask: servers given once, or those of a resolv.conf, which is read again when it has changed. A file that has
 * gone or names no server changes nothing. Thread-safe.
 */
final class Nameservers {

    private static final Logger LOG = LoggerFactory.getLogger(Nameservers.class);
    private static final int MAX_BYTES = 1 << 16;

    private final @Nullable Path resolvConf;
    private final int port;

    /** All below guarded by the lock of this object. */
    private List<InetSocketAddress> servers;

    private @Nullable Stamp stamp;
    private @Nullable InetSocketAddress preferred;

    /** What shows that a file has changed. */
    private record Stamp(FileTime modified, long size) {}

    private Nameservers(List<InetSocketAddress> servers, @Nullable Path resolvConf, int port) {
        this.servers = List.copyOf(servers);
        this.resolvConf = resolvConf;
        this.port = port;
    }

    static Nameservers of(List<InetSocketAddress> servers) {
        return new Nameservers(servers, null, 0);
    }

    /** Those of the file, each at this port. */
    static Nameservers of(Path resolvConf, int port) {
        return new Nameservers(List.of(), resolvConf, port);
    }

    /** The servers as they are now, the one that answered last first; none where the file names none. */
    synchronized List<InetSocketAddress> current() {
        if (resolvConf != null) {
            readAgain(resolvConf);
        }
        List<InetSocketAddress> ordered = new ArrayList<>(servers);
        if (preferred != null && ordered.remove(preferred)) {
            ordered.add(0, preferred);
        }
        return ordered;
    }

    synchronized void prefer(InetSocketAddress server) {
        preferred = server;
    }

    /** Why there may be none, for an error message. */
    String whyNone() {
        return "no nameserver in " + resolvConf + " (expected: a line such as nameserver 10.96.0.10)";
    }

    private void readAgain(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            Stamp now = new Stamp(attributes.lastModifiedTime(), attributes.size());
            if (now.equals(stamp)) {
                return;
            }
            List<InetSocketAddress> read = read(file);
            stamp = now;
            if (!read.isEmpty() && !read.equals(servers)) {
                LOG.info(
                        "nameservers of {}: {}",
                        file,
                        read.stream().map(Attempt::describe).toList());
                servers = read;
            }
        } catch (IOException e) {
            LOG.debug("{} cannot be read", file, e);
        }
    }

    private List<InetSocketAddress> read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            String text = new String(in.readNBytes(MAX_BYTES), StandardCharsets.ISO_8859_1);
            return ResolvConf.nameservers(text).stream()
                    .map(address -> new InetSocketAddress(address, port))
                    .toList();
        }
    }
}
