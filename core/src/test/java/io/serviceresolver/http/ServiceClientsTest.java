package io.serviceresolver.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.endpoint.ServicePort;
import java.io.IOException;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** The clients made besides the wrapped one, and the TLS engines that they get. */
class ServiceClientsTest {

    private static final int LIMIT = 64;

    private final AtomicReference<SSLContext> newest = new AtomicReference<>(context());
    private final ServiceClients clients = new ServiceClients(
            HttpClient.newHttpClient(), ServiceHttpOptions.defaults().sslContexts(newest::get), null);

    private static SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, null, null);
            return context;
        } catch (java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private HttpClient of(String service) {
        return of(clients, new ServiceName(service, "shield", ServicePort.forScheme("https")));
    }

    private HttpClient of(ServiceName service) {
        return of(clients, service);
    }

    /** The client for a Pod of a service. */
    private static HttpClient of(ServiceClients clients, ServiceName service) {
        try {
            return clients.tls(service).send(service, Endpoint.of("127.0.0.1", 8443), client -> client);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void thereIsOneForEachNameWhateverThePort() {
        HttpClient skippy = of("skippy");
        assertThat(of("skippy")).isSameAs(skippy);
        assertThat(of(new ServiceName("skippy", "shield", ServicePort.number(8443))))
                .isSameAs(skippy);
        assertThat(of("other")).isNotSameAs(skippy);
        assertThat(of(new ServiceName("skippy", "other", ServicePort.number(8443))))
                .isNotSameAs(skippy);
    }

    @Test
    void anotherContextMakesAnotherClient() {
        HttpClient skippy = of("skippy");
        newest.set(context());
        HttpClient renewed = of("skippy");
        assertThat(renewed).isNotSameAs(skippy);
        assertThat(of("skippy")).isSameAs(renewed);
    }

    @Test
    void theOneNotUsedForLongestGoesBeyondTheLimit() {
        HttpClient first = of("first");
        HttpClient second = of("second");
        for (int i = 2; i < LIMIT; i++) {
            of("service-" + i);
        }
        assertThat(of("first")).isSameAs(first);
        of("one-more");
        assertThat(of("first")).isSameAs(first);
        assertThat(of("second")).isNotSameAs(second);
    }

    @Test
    void theyHaveTheSettingsOfTheWrappedClient() {
        Executor executor = Runnable::run;
        ProxySelector proxies = HttpClient.Builder.NO_PROXY;
        SSLContext context = context();
        SSLParameters parameters = context.getDefaultSSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3"});
        HttpClient wrapped = HttpClient.newBuilder()
                .version(Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(7))
                .executor(executor)
                .proxy(proxies)
                .sslContext(context)
                .sslParameters(parameters)
                .build();
        HttpClient made = of(
                new ServiceClients(wrapped, ServiceHttpOptions.defaults(), null),
                new ServiceName("skippy", "shield", ServicePort.forScheme("https")));
        assertThat(made.version()).isEqualTo(Version.HTTP_1_1);
        assertThat(made.connectTimeout()).contains(Duration.ofSeconds(7));
        assertThat(made.executor()).containsSame(executor);
        assertThat(made.proxy()).containsSame(proxies);
        assertThat(made.sslParameters().getProtocols()).containsExactly("TLSv1.3");
        assertThat(made.followRedirects()).isEqualTo(Redirect.NEVER);
        assertThat(made.cookieHandler()).isEmpty();
        assertThat(made.authenticator()).isEmpty();
    }

    /** As the JDK's client loosens them where a system property says so, or forgets the names. */
    @Test
    void enginesVerifyTheNameWhateverTheyAreTold() {
        SSLContext named = new NamedSslContext(context(), new SNIHostName("skippy.shield.svc"));
        SSLEngine engine = named.createSSLEngine("127.0.0.1", 8443);
        assertVerifying(engine);
        SSLParameters loose = context().getDefaultSSLParameters();
        loose.setServerNames(List.of());
        loose.setEndpointIdentificationAlgorithm("");
        loose.setApplicationProtocols(new String[] {"h2"});
        engine.setUseClientMode(true);
        engine.setSSLParameters(loose);
        assertVerifying(engine);
        assertThat(engine.getSSLParameters().getApplicationProtocols()).containsExactly("h2");
        assertThatThrownBy(() -> engine.setUseClientMode(false)).isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertVerifying(SSLEngine engine) {
        assertThat(engine.getPeerHost()).isEqualTo("skippy.shield.svc");
        assertThat(engine.getPeerPort()).isEqualTo(8443);
        assertThat(engine.getSSLParameters().getServerNames()).containsExactly(new SNIHostName("skippy.shield.svc"));
        assertThat(engine.getSSLParameters().getEndpointIdentificationAlgorithm())
                .isEqualTo("HTTPS");
    }

    @Test
    void thereIsNoWayAroundTheEngines() {
        SSLContext named = new NamedSslContext(context(), new SNIHostName("skippy.shield.svc"));
        assertThatThrownBy(named::createSSLEngine).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(named::getSocketFactory).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(named::getServerSocketFactory).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> named.init(null, null, null)).hasMessageContaining("initialized already");
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void endTogetherAlsoThoseThatWereLetGo() throws Exception {
        HttpClient first = of("skippy");
        newest.set(context());
        HttpClient second = of("skippy");
        assertThat(clients.isTerminated()).isFalse();
        clients.shutdown();
        assertThat(clients.awaitTermination(first, Duration.ofSeconds(30))).isTrue();
        assertThat(NewerJdk.isTerminated(first)).isTrue();
        assertThat(NewerJdk.isTerminated(second)).isTrue();
        HttpClient late = of("late");
        clients.close();
        assertThat(NewerJdk.isTerminated(late)).isTrue();
    }
}
