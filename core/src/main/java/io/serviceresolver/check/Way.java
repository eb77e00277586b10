package io.serviceresolver.check;

import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.IpAddresses;
import io.serviceresolver.text.BadInput;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * How an endpoint is reached. Immutable.
 *
 * @param port where it listens; 0 for the endpoint's own port
 * @param authority what it is called; null for the name of the service, or the address where that has no name
 * @param tls how TLS is spoken; null for not at all
 */
record Way(int port, @Nullable String authority, @Nullable SSLContext tls) {

    static final Way PLAIN = new Way(0, null, null);

    private static final int MAX_PORT = 65_535;

    Way {
        if (port < 0 || port > MAX_PORT) {
            throw BadInput.of("port", Integer.toString(port), "1 to 65535, or 0 for that of the endpoint");
        }
        if (authority != null && host(authority) == null) {
            throw BadInput.of("authority", authority, "a host, with :port behind it if wished");
        }
    }

    Way withPort(int other) {
        return new Way(other, authority, tls);
    }

    Way withAuthority(String other) {
        return new Way(port, other, tls);
    }

    Way withTls(SSLContext other) {
        return new Way(port, authority, other);
    }

    /** The host of an authority, IPv6 in brackets; null if it is not one. */
    private static @Nullable String host(String authority) {
        try {
            URI uri = new URI("http://" + authority);
            return authority.equals(uri.getRawAuthority()) && uri.getRawUserInfo() == null ? uri.getHost() : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    /**
     * Connects, past all proxies; blocks until there is a connection, the handshake is over, or the lifeline is cut.
     *
     * @param service what the service is called; null where it has no name
     * @param alpn the protocol to agree on; empty for any
     * @throws IOException if there is no connection, or it is to somebody else
     */
    Connection connect(Endpoint endpoint, @Nullable String service, List<String> alpn, Lifeline lifeline)
            throws IOException {
        InetSocketAddress to =
                new InetSocketAddress(IpAddresses.parse(endpoint.address()), port == 0 ? endpoint.port() : port);
        String name = name(endpoint, to.getPort(), service);
        Socket socket = new Socket(Proxy.NO_PROXY);
        lifeline.tie(socket);
        try {
            socket.setTcpNoDelay(true);
            socket.connect(to);
            return new Connection(tls == null ? socket : secured(socket, to.getPort(), name, alpn, tls), name);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private String name(Endpoint endpoint, int toPort, @Nullable String service) {
        if (authority != null) {
            return authority;
        }
        return service != null
                ? service
                : Endpoint.of(endpoint.address(), toPort).authority();
    }

    /** The name is told to the server, and its certificate must be for it: being for the address is not enough. */
    private static SSLSocket secured(Socket plain, int toPort, String name, List<String> alpn, SSLContext tls)
            throws IOException {
        String host = String.valueOf(host(name));
        boolean literal = host.startsWith("[") || host.matches("[0-9.]+");
        String peer = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(plain, peer, toPort, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        if (!literal) {
            parameters.setServerNames(List.of(new SNIHostName(peer)));
        }
        parameters.setApplicationProtocols(alpn.toArray(String[]::new));
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }
}
