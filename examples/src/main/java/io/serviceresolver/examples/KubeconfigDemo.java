package io.serviceresolver.examples;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.serviceresolver.ServiceHandle;
import io.serviceresolver.ServiceResolver;
import io.serviceresolver.endpoint.ClusterContext;
import io.serviceresolver.k8s.EndpointSliceSource;
import io.serviceresolver.k8s.Route;
import io.serviceresolver.source.Subscription;
import java.net.ConnectException;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Shows the discovery part on a real API server: a Service and Pods are made there, and the endpoints that a resolver
 * sees are printed live as they change. Nothing is called. All that was made is removed at the end, also at Ctrl-C.
 */
final class KubeconfigDemo {

    private static final int PODS = 3;

    private final Console console;
    private final Path kubeconfig;

    KubeconfigDemo(Console console, Path kubeconfig) {
        this.console = console;
        this.kubeconfig = kubeconfig;
    }

    /**
     * Runs it.
     *
     * @return 0: what does not happen in time ends it with an exception
     */
    int run() {
        Config config = new ConfigBuilder(Config.fromKubeconfig(kubeconfig.toFile()))
                .withHttp2Disable(true)
                .withRequestRetryBackoffLimit(0)
                .build();
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(DemoThreads.named("demo-timer"));
        try (KubernetesClient client =
                new KubernetesClientBuilder().withConfig(config).build()) {
            console.line(
                    "API server %s, version %s",
                    client.getMasterUrl(), client.getKubernetesVersion().getGitVersion());
            TemporaryNamespace namespace = new TemporaryNamespace(client, timer);
            Thread cleanup = new Thread(namespace::close, "demo-cleanup");
            Runtime.getRuntime().addShutdownHook(cleanup);
            try (namespace) {
                follow(namespace);
            } finally {
                Runtime.getRuntime().removeShutdownHook(cleanup);
            }
            console.line("deleted namespace %s and all in it", namespace.name());
        } catch (KubernetesClientException e) {
            throw new IllegalStateException(
                    "--kubeconfig: " + kubeconfig + " (expected: an API server whose user may create namespaces, nodes,"
                            + " Services and Pods): " + reason(e),
                    e);
        } finally {
            timer.shutdownNow();
        }
        return 0;
    }

    private static String reason(KubernetesClientException e) {
        if (e.getStatus() != null && e.getStatus().getMessage() != null) {
            return e.getStatus().getMessage();
        }
        Throwable cause = e;
        while (cause.getCause() != null && !(cause instanceof ConnectException)) {
            cause = cause.getCause();
        }
        return cause.toString();
    }

    private void follow(TemporaryNamespace namespace) {
        namespace.create();
        console.line("created namespace %s, Service skippy, and a node without a kubelet", namespace.name());
        try (ServiceResolver resolver = ServiceResolver.builder()
                .source(EndpointSliceSource.builder()
                        .kubeconfig(kubeconfig)
                        .route(Route.POD)
                        .build())
                .cluster(new ClusterContext(namespace.name(), ClusterContext.DEFAULT_DOMAIN))
                .build()) {
            ServiceHandle skippy = resolver.service("skippy");
            EndpointPrinter printer = new EndpointPrinter(console);
            Subscription printing = skippy.addListener(printer);
            for (int i = 0; i < PODS; i++) {
                step(name(i) + " starts and is ready");
                namespace.startPod(name(i), address(i));
                awaitReady(printer, i + 1);
            }
            console.line("  the resolver is %s", skippy.state().status());
            step("the readiness probe of " + name(1) + " fails");
            namespace.failProbe(name(1), address(1));
            awaitReady(printer, PODS - 1);
            step(name(0) + " is deleted");
            namespace.terminate(name(0));
            awaitReady(printer, PODS - 2);
            step(name(0) + " has stopped");
            namespace.stopped(name(0));
            printer.await("an endpoint less", set -> set.size() == PODS - 1);
            printing.close();
        }
    }

    private void step(String what) {
        console.line("%s:", what);
    }

    private static void awaitReady(EndpointPrinter printer, int count) {
        printer.await(count + " ready endpoints", set -> set.readyCount() == count);
    }

    private static String name(int index) {
        return "skippy-" + DemoSettings.letter(index);
    }

    private static String address(int index) {
        return "192.0.2." + (11 + index);
    }
}
