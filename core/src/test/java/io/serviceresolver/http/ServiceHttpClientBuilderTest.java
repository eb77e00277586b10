package io.serviceresolver.http;

import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.testkit.PodServer;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A builder for what takes no client. */
class ServiceHttpClientBuilderTest {

    @Test
    void handsOnSettingsAndWrapsWhatIsBuilt() throws Exception {
        try (PodServer pod = PodServer.start("pod-1", "127.0.1.1", 0);
                Skippy skippy = Skippy.at(pod)) {
            HttpClient client = ServiceHttpClientBuilder.wrap(
                            HttpClient.newBuilder(), skippy.resolver, ServiceHttpOptions.defaults())
                    .version(Version.HTTP_1_1)
                    .followRedirects(Redirect.NORMAL)
                    .connectTimeout(Duration.ofSeconds(30))
                    .build();
            assertThat(client.version()).isEqualTo(Version.HTTP_1_1);
            assertThat(client.followRedirects()).isEqualTo(Redirect.NORMAL);
            assertThat(client.connectTimeout()).contains(Duration.ofSeconds(30));
            assertThat(client.send(Skippy.get(), ofString()).body()).isEqualTo("pod-1");
        }
    }

    @Test
    void refusesWhatTheBuilderRefuses() throws Exception {
        try (Skippy skippy = new Skippy(Version.HTTP_1_1)) {
            HttpClient.Builder builder = ServiceHttpClientBuilder.wrap(
                    HttpClient.newBuilder(), skippy.resolver, ServiceHttpOptions.defaults());
            assertThatThrownBy(() -> builder.connectTimeout(Duration.ZERO))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
