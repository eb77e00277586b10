package io.serviceresolver.testkit;

import io.serviceresolver.testkit.TcpProxy.Mode;

/** What a {@link TcpProxy} lets through. All is guarded by the lock of this object. */
final class TcpProxyValve {

    private Mode mode = Mode.PASS;

    synchronized void mode(Mode next) {
        mode = next;
        notifyAll();
    }

    synchronized void awaitAccepting() throws InterruptedException {
        while (mode == Mode.NOT_ACCEPTING) {
            wait();
        }
    }

    /** Waits while bytes are not to move: whether they are to be passed on, else thrown away. */
    synchronized boolean awaitPassing() throws InterruptedException {
        while (mode == Mode.STALL) {
            wait();
        }
        return mode != Mode.SWALLOW;
    }
}
