package io.serviceresolver.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * Where Pods listen. On Linux and Windows each address of 127.0.0.0/8 is there without set-up, so each Pod gets its own
 * and all share a port, as in a cluster. On macOS only 127.0.0.1 is: there each Pod gets a port of its own. Confined to
 * one thread.
 */
final class PodAddresses {

    private static final String FIRST = "127.0.0.11";
    private static final String ONLY = "127.0.0.1";
    private static final int OFFSET = 11;

    /** The port of all Pods; 0 where each gets its own on the one address that there is. */
    private final int sharedPort;

    private int next = OFFSET;

    private PodAddresses(int sharedPort) {
        this.sharedPort = sharedPort;
    }

    /** As this machine's loopback network allows. */
    static PodAddresses ofThisMachine() {
        return freePort(FIRST) == 0 ? onePerPort() : onePerAddress();
    }

    /** An address for each Pod, and a port that is free on all of them. */
    static PodAddresses onePerAddress() {
        int port = freePort("0.0.0.0");
        if (port == 0) {
            throw new UncheckedIOException(new IOException("port: none (expected: one that is free)"));
        }
        return new PodAddresses(port);
    }

    /** A port of 127.0.0.1 for each Pod. */
    static PodAddresses onePerPort() {
        return new PodAddresses(0);
    }

    /** The address of one more Pod; with port 0 where it has to take any that is free. */
    InetSocketAddress next() {
        String address = sharedPort == 0 ? ONLY : "127.0.0." + next++;
        return new InetSocketAddress(address, sharedPort);
    }

    private static int freePort(String address) {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(address))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            return 0;
        }
    }
}
