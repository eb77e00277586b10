package io.serviceresolver.http;

import java.security.KeyManagementException;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/**
 * Another context, for connections to one name, whatever address they go to. Its engines take the name for the peer's
 * host. So the certificate must be for the name, and being for the address is not enough; and a session is resumed with
 * this name only, though the other context keeps the sessions for all.
 */
final class NamedSslContext extends SSLContext {

    NamedSslContext(SSLContext context, SNIHostName name) {
        super(new Spi(context, name), context.getProvider(), context.getProtocol());
    }

    private static final class Spi extends SSLContextSpi {

        private final SSLContext context;
        private final SNIHostName name;

        private Spi(SSLContext context, SNIHostName name) {
            this.context = context;
            this.name = name;
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            return new NamedSslEngine(context.createSSLEngine(name.getAsciiName(), port), name);
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            throw notVerified();
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            throw notVerified();
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            throw notVerified();
        }

        private static UnsupportedOperationException notVerified() {
            return new UnsupportedOperationException("not verified (expected: an SSLEngine for a host and port)");
        }

        @Override
        protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random)
                throws KeyManagementException {
            throw new KeyManagementException("initialized already");
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return context.getServerSessionContext();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return context.getClientSessionContext();
        }

        @Override
        protected SSLParameters engineGetDefaultSSLParameters() {
            return context.getDefaultSSLParameters();
        }

        @Override
        protected SSLParameters engineGetSupportedSSLParameters() {
            return context.getSupportedSSLParameters();
        }
    }
}
