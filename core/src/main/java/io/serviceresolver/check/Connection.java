package io.serviceresolver.check;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import javax.net.ssl.SSLSocket;

/** A connection to an endpoint, and what the endpoint is called there. */
final class Connection implements Closeable {

    private final Socket socket;
    private final String authority;
    private final InputStream in;
    private final OutputStream out;

    Connection(Socket socket, String authority) throws IOException {
        this.socket = socket;
        this.authority = authority;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = new BufferedOutputStream(socket.getOutputStream());
    }

    InputStream in() {
        return in;
    }

    OutputStream out() {
        return out;
    }

    /** Host, and port where one was given. */
    String authority() {
        return authority;
    }

    /** The scheme of a URI that stands for it. */
    String scheme() {
        return socket instanceof SSLSocket ? "https" : "http";
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
