package io.serviceresolver.apiserver;

import io.serviceresolver.testkit.TcpProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The way to the real API server through a proxy that tests can cut. */
final class RealProxy {

    private RealProxy() {}

    /** The kubeconfig with the proxy for a server, which has to be one whose certificate names 127.0.0.1 too. */
    static Path kubeconfig(RealNamespace cluster, TcpProxy proxy, Path folder) throws IOException {
        String server = cluster.client().getConfiguration().getMasterUrl().replaceAll("/$", "");
        String kubeconfig = Files.readString(RealNamespace.kubeconfig())
                .replace(server, "https://127.0.0.1:" + proxy.address().getPort());
        return Files.writeString(folder.resolve("kubeconfig"), kubeconfig);
    }
}
