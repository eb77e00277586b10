package io.serviceresolver.examples;

/** Settings of the JDK and of Netty that the demo wants; each is read once, when the first socket is opened. */
final class JvmSettings {

    private JvmSettings() {}

    static void apply() {
        // The JDK's HTTP server, which the Pods are made of, else delays each answer by up to 40 ms (RFC 896).
        System.setProperty("sun.net.httpserver.nodelay", "true");
        // No connection is tried twice behind our back: what fails, has failed.
        System.setProperty("jdk.httpclient.disableRetryConnect", "true");
        // Netty, which the mock API server is made of, else makes newer JDKs print warnings.
        System.setProperty("io.netty.noUnsafe", "true");
    }
}
