package io.serviceresolver.http;

import java.net.http.HttpClient;

/** Tells the JDK's own clients: what is known of how they end an exchange need not hold for others. */
final class JdkClient {

    private JdkClient() {}

    static boolean is(HttpClient client) {
        return client.getClass().getName().startsWith("jdk.internal.net.http.");
    }
}
