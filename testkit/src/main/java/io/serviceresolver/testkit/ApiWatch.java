package io.serviceresolver.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** An open watch: its own thread writes what is offered to it, so that nobody waits for a slow client. */
final class ApiWatch {

    /** No text that is offered: those are never empty. */
    private static final String END = "";

    private final Socket socket;
    private final ApiSelector selector;
    private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();

    /** Written by the test's thread, read by those that offer. */
    private volatile boolean muted;

    ApiWatch(Socket socket, ApiSelector selector) {
        this.socket = socket;
        this.selector = selector;
    }

    ApiSelector selector() {
        return selector;
    }

    /** Sends this text, some time; a frame ends with a line feed. */
    void offer(String text) {
        if (!muted) {
            texts.add(text);
        }
    }

    /** Ends the stream as a server does whose time is up. */
    void end() {
        texts.add(END);
    }

    /** Sends nothing more, and keeps the connection open. */
    void mute() {
        muted = true;
    }

    /** Breaks the connection off. */
    void reset() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // Then it is broken already.
        }
    }

    /** Runs until the stream ends or breaks. */
    void write() {
        try (socket) {
            OutputStream out = socket.getOutputStream();
            for (String text = texts.take(); !text.equals(END); text = texts.take()) {
                ApiHttp.chunk(out, text);
            }
            ApiHttp.chunk(out, "");
        } catch (IOException e) {
            // The client is gone.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
