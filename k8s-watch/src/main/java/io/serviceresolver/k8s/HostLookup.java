package io.serviceresolver.k8s;

import io.serviceresolver.endpoint.IpAddresses;
import io.serviceresolver.text.Printable;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Looks names up, one at a time, on a daemon thread of its own that ends when it has nothing to do. Thread-safe. */
final class HostLookup implements AutoCloseable {

    /** The resolver of the operating system, as the JDK asks it and remembers what it said. */
    static final Resolver SYSTEM = HostLookup::ofSystem;

    private static final int MOST_WAITING = 256;
    private static final long IDLE_SECONDS = 30;

    private final Resolver resolver;
    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MOST_WAITING),
            new DaemonThreads("service-resolver-lookup"));

    /** Finds the addresses of a name. May block. */
    @FunctionalInterface
    interface Resolver {

        /**
         * Looks a name up.
         *
         * @param name a host name; one that ends in a dot is absolute: the search list of resolv.conf is left out
         * @return its addresses in canonical form
         * @throws UnknownHostException if there are none, or that cannot be found out
         */
        List<String> addresses(String name) throws UnknownHostException;
    }

    HostLookup(Resolver resolver) {
        this.resolver = resolver;
        thread.allowCoreThreadTimeOut(true);
    }

    /**
     * Looks a name up. Does not block.
     *
     * @param name the name
     * @param onAnswer takes what was found, or why nothing was, on another thread or at once
     */
    void ask(String name, Consumer<Knowledge<List<String>>> onAnswer) {
        try {
            thread.execute(() -> onAnswer.accept(found(name)));
        } catch (RejectedExecutionException e) {
            onAnswer.accept(new Knowledge.Lost<>("too many names are being looked up"));
        }
    }

    /** Lets go of the thread; what waits is not looked up. */
    @Override
    public void close() {
        thread.shutdownNow();
    }

    private Knowledge<List<String>> found(String name) {
        try {
            return new Knowledge.Known<>(List.copyOf(resolver.addresses(name)));
        } catch (UnknownHostException | RuntimeException | ServiceConfigurationError | LinkageError e) {
            // A resolver that is found on the class path may be one that does not fit.
            return new Knowledge.Lost<>(Printable.of(e.toString()));
        }
    }

    private static List<String> ofSystem(String name) throws UnknownHostException {
        List<String> addresses = new ArrayList<>();
        for (InetAddress address : InetAddress.getAllByName(name)) {
            String literal = address.getHostAddress();
            int zone = literal.indexOf('%');
            addresses.add(IpAddresses.canonical(zone < 0 ? literal : literal.substring(0, zone)));
        }
        return addresses;
    }
}
