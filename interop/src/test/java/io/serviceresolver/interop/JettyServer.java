package io.serviceresolver.interop;

import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Jetty. */
final class JettyServer implements EchoServer {

    private final Server server = new Server();
    private final ServerConnector plain;
    private final ServerConnector secure;

    /**
     * Starts it.
     *
     * @param checked whether the host of a request must be one that the certificate is for: the default of Jetty
     */
    JettyServer(Certificate certificate, boolean checked) throws Exception {
        HttpConfiguration clear = new HttpConfiguration();
        plain = connector(new HttpConnectionFactory(clear), new HTTP2CServerConnectionFactory(clear));
        SslContextFactory.Server ssl = new SslContextFactory.Server();
        ssl.setSslContext(certificate.context());
        HttpConfiguration encrypted = new HttpConfiguration();
        SecureRequestCustomizer customizer = new SecureRequestCustomizer();
        customizer.setSniHostCheck(checked);
        encrypted.addCustomizer(customizer);
        ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
        alpn.setDefaultProtocol("http/1.1");
        secure = connector(
                new SslConnectionFactory(ssl, alpn.getProtocol()),
                alpn,
                new HTTP2ServerConnectionFactory(encrypted),
                new HttpConnectionFactory(encrypted));
        server.setHandler(new Echo());
        server.start();
    }

    private ServerConnector connector(ConnectionFactory... factories) {
        ServerConnector connector = new ServerConnector(server, 1, 1, factories);
        connector.setHost(ADDRESS);
        server.addConnector(connector);
        return connector;
    }

    @Override
    public int port() {
        return plain.getLocalPort();
    }

    @Override
    public int tlsPort() {
        return secure.getLocalPort();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Echo extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            String host = request.getHeaders().get(HttpHeader.HOST);
            String authority = host == null ? request.getHttpURI().getAuthority() : host;
            String seen = EchoServer.seen(
                    request.getConnectionMetaData().getProtocol(),
                    authority,
                    request.getHttpURI().getPathQuery());
            Content.Sink.write(response, true, seen, callback);
            return true;
        }
    }
}
