package io.serviceresolver.examples;

/** Prints a row each time it runs: how many calls there were, and what the resolver knows. */
final class StateRows implements Runnable {

    private final Console console;
    private final Load load;
    private final Client client;

    /** How many rows there were. Guarded by the lock of this object. */
    private int rows;

    /**
     * Prints the heading.
     *
     * @param console where to print
     * @param load what is measured
     * @param client whose resolver is looked at
     */
    StateRows(Console console, Load load, Client client) {
        this.console = console;
        this.load = load;
        this.client = client;
        console.line("   time   calls  failed   the resolver is");
    }

    @Override
    public synchronized void run() {
        LoadReport now = load.soFar();
        console.line("  %3d s  %6d  %6d   %s", ++rows, now.calls(), now.failed(), client.knowledge());
    }
}
