package io.serviceresolver.examples;

/** Prints a row each time it runs: how many calls there were and what the resolver knows. Run by one thread at a time. */
final class StateRows implements Runnable {

    private final Console console;
    private final Load load;
    private final Client client;
    private int seconds;

    StateRows(Console console, Load load, Client client) {
        this.console = console;
        this.load = load;
        this.client = client;
    }

    @Override
    public synchronized void run() {
        LoadReport now = load.soFar();
        console.line("  %2d s  %5d calls  %d failed   %s", ++seconds, now.calls(), now.failed(), client.knowledge());
    }
}
