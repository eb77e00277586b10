package io.serviceresolver.interop;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;

/** Tomcat. */
final class TomcatServer implements EchoServer {

    /** Held, as the JDK forgets the level of one that is not. */
    private static final Logger LOGGER = Logger.getLogger("org.apache");

    static {
        LOGGER.setLevel(Level.SEVERE);
    }

    private final Tomcat tomcat = new Tomcat();
    private final Connector plain = connector();
    private final Connector secure = connector();

    TomcatServer(Certificate certificate, Path directory) throws Exception {
        tomcat.setBaseDir(directory.toString());
        secure.setSecure(true);
        secure.setScheme("https");
        secure.setProperty("SSLEnabled", "true");
        SSLHostConfig ssl = new SSLHostConfig();
        SSLHostConfigCertificate key = new SSLHostConfigCertificate(ssl, SSLHostConfigCertificate.Type.UNDEFINED);
        key.setCertificateKeystoreFile(certificate.file().toString());
        key.setCertificateKeystorePassword(Certificate.PASSWORD);
        ssl.addCertificate(key);
        secure.addSslHostConfig(ssl);
        tomcat.setConnector(plain);
        tomcat.getService().addConnector(secure);
        Context context = tomcat.addContext("", directory.toString());
        Tomcat.addServlet(context, "echo", new Echo());
        context.addServletMappingDecoded("/", "echo");
        tomcat.start();
    }

    private static Connector connector() {
        Connector connector = new Connector();
        connector.setProperty("address", ADDRESS);
        connector.setPort(0);
        connector.addUpgradeProtocol(new Http2Protocol());
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
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Echo extends HttpServlet {

        private static final long serialVersionUID = 1L;
        private static final int HTTPS_PORT = 443;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            String query = request.getQueryString();
            // In HTTP/2 it makes no header of the authority.
            String host = request.getHeader("Host");
            String authority = host == null ? authority(request) : host;
            response.getWriter()
                    .write(EchoServer.seen(
                            request.getProtocol(),
                            authority,
                            request.getRequestURI() + (query == null ? "" : "?" + query)));
        }

        private static String authority(HttpServletRequest request) {
            int port = request.getServerPort();
            return request.getServerName() + (port == HTTPS_PORT ? "" : ":" + port);
        }
    }
}
