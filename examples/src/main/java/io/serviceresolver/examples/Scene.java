package io.serviceresolver.examples;

/** A part of the demo that shows one thing. */
interface Scene {

    /** What it shows, in a few words. */
    String title();

    /**
     * Shows it.
     *
     * @throws IllegalStateException if something that it waits for does not happen
     */
    void play(Stage stage);
}
