package io.serviceresolver.examples;

import java.nio.file.Path;

/** Shows the discovery part on a real API server. */
final class KubeconfigDemo {

    private final Console console;
    private final Path kubeconfig;

    KubeconfigDemo(Console console, Path kubeconfig) {
        this.console = console;
        this.kubeconfig = kubeconfig;
    }

    int run() {
        console.line("%s", kubeconfig);
        return 0;
    }
}
