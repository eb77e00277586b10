package io.serviceresolver.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.k8s.ApiFailure.Kind;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

/** What an exception of the HTTP client says of the server. */
class ApiFailuresTest {

    private static Kind kind(Throwable problem) {
        return ApiFailures.of("list pods", problem).kind();
    }

    private static SSLException handshake(String message, Throwable cause) {
        return (SSLException) new SSLHandshakeException(message).initCause(cause);
    }

    @Test
    void aHandshakeThatIsBrokenOffIsABrokenConnection() {
        assertThat(kind(new IOException(handshake("Remote host terminated the handshake", new EOFException()))))
                .isEqualTo(Kind.UNREACHABLE);
        assertThat(kind(handshake("Connection reset", new IOException("Connection reset"))))
                .isEqualTo(Kind.UNREACHABLE);
        assertThat(kind(new ConnectException("refused"))).isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void aCertificateThatIsNotTrustedIsNoBrokenConnection() {
        assertThat(kind(new IOException(handshake("PKIX path building failed", new CertificateException("no path")))))
                .isEqualTo(Kind.UNTRUSTED);
        assertThat(kind(new SSLHandshakeException("Received fatal alert: bad_certificate")))
                .isEqualTo(Kind.UNTRUSTED);
        assertThat(kind(new IllegalStateException("no such file"))).isEqualTo(Kind.UNTRUSTED);
    }
}
