package io.serviceresolver.k8s;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The way to the API server for a process in a Pod. Of the environment only the address is read: neither proxies nor
 * switches that turn verification off.
 */
final class InCluster implements ApiTransport.Opener {

    /** Where the kubelet puts the service account. */
    static final Path SERVICE_ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

    /** The variable that holds the address of the API server, in each Pod. */
    static final String HOST = "KUBERNETES_SERVICE_HOST";

    private static final String PORT = "KUBERNETES_SERVICE_PORT";

    private final Map<String, String> environment;
    private final Path serviceAccount;

    InCluster(Map<String, String> environment, Path serviceAccount) {
        this.environment = environment;
        this.serviceAccount = serviceAccount;
    }

    /** Whether this process seems to run in a Pod that has a service account. */
    boolean isAvailable() {
        return obstacle().isEmpty() && Files.isRegularFile(serviceAccount.resolve("token"));
    }

    /** The environment of a process never changes. */
    @Override
    public Optional<String> obstacle() {
        return environment.getOrDefault(HOST, "").isEmpty()
                ? Optional.of(HOST + ": not set (expected: the address of the API server)")
                : Optional.empty();
    }

    @Override
    public ApiTransport open(ApiThreads threads) {
        obstacle().ifPresent(obstacle -> {
            throw new IllegalStateException(obstacle);
        });
        String host = environment.getOrDefault(HOST, "");
        String authority = (host.contains(":") ? "[" + host + "]" : host) + ":" + environment.getOrDefault(PORT, "443");
        ConfigBuilder config = new ConfigBuilder(Config.empty())
                .withMasterUrl("https://" + authority + "/")
                .withOauthTokenProvider(this::token);
        Path authorities = serviceAccount.resolve("ca.crt");
        if (Files.isRegularFile(authorities)) {
            config.withCaCertFile(authorities.toString());
        }
        return Transports.of(config.build(), threads, Transports.Proxy.NONE);
    }

    private String token() {
        try {
            return Files.readString(serviceAccount.resolve("token")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("the service account's token cannot be read", e);
        }
    }
}
