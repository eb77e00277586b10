package io.serviceresolver.k8s;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.RequestConfig;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientImpl;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ways to the API server by the Kubernetes client's HTTP layer, which knows its credentials. Each request is sent once:
 * when to try again is decided elsewhere. HTTP/1.1 only: a dead connection is then given up with the request that it
 * carried, while the JDK would send the next one over the same HTTP/2 connection.
 */
final class Transports {

    private static final Logger log = LoggerFactory.getLogger(EndpointSliceSource.class);

    private Transports() {}

    /** Whether a proxy may stand between. */
    enum Proxy {
        /** None. */
        NONE,
        /** What the configuration says, else what the JVM says. */
        CONFIGURED
    }

    static ApiTransport of(Config config, ApiThreads threads, Proxy proxy) {
        config.setHttp2Disable(true);
        config.setRequestRetryBackoffLimit(0);
        warnOfTrust(config);
        Factory factory = new Factory(threads, proxy);
        return new ApiTransport(factory.newBuilder(config).build(), config.getMasterUrl());
    }

    static ApiTransport.Opener ofKubeconfig(Path file) {
        return threads -> {
            if (!Files.isReadable(file)) {
                throw new IllegalStateException("kubeconfig: " + file + " (expected: a file that can be read)");
            }
            return of(Config.fromKubeconfig(file.toFile()), threads, Proxy.CONFIGURED);
        };
    }

    static ApiTransport.Opener ofClient(KubernetesClient client) {
        return threads -> {
            Config config = client.getConfiguration();
            warnOfTrust(config);
            RequestConfig once = new RequestConfigBuilder(config.getRequestConfig())
                    .withRequestRetryBackoffLimit(0)
                    .build();
            return new ApiTransport(
                    client.getHttpClient().newBuilder().tag(once).build(),
                    client.getMasterUrl().toString());
        };
    }

    private static void warnOfTrust(Config config) {
        if (config.isTrustCerts() || config.isDisableHostnameVerification()) {
            log.warn(
                    "The API server at {} is not verified (expected: neither trustCerts nor"
                            + " disableHostnameVerification, nor insecure-skip-tls-verify)",
                    config.getMasterUrl());
        }
    }

    /** Makes the JDK's client with our threads, and without redirects: they would carry the token elsewhere. */
    private static final class Factory extends JdkHttpClientFactory {

        private final ApiThreads threads;
        private final Proxy proxy;

        Factory(ApiThreads threads, Proxy proxy) {
            this.threads = threads;
            this.proxy = proxy;
        }

        @Override
        protected HttpClient.Builder createNewHttpClientBuilder() {
            return HttpClient.newBuilder().executor(threads);
        }

        @Override
        protected void additionalConfig(HttpClient.Builder builder) {
            builder.followRedirects(HttpClient.Redirect.NEVER);
            if (proxy == Proxy.NONE) {
                builder.proxy(HttpClient.Builder.NO_PROXY);
            }
        }

        @Override
        protected void closeHttpClient(JdkHttpClientImpl client) {
            // The threads are not the client's.
        }
    }
}
