package io.serviceresolver.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.endpoint.Endpoint;
import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodRequestsTest {

    private static final Endpoint POD = Endpoint.of("10.0.0.7", 8080);

    private final PodRequests requests = PodRequests.toPods(Version.HTTP_2);

    @ParameterizedTest
    @CsvSource({
        "http://skippy, http://10.0.0.7:8080",
        "http://skippy/, http://10.0.0.7:8080/",
        "http://skippy:80/a/b;c?d=e&f, http://10.0.0.7:8080/a/b;c?d=e&f",
        "http://skippy?q, http://10.0.0.7:8080?q",
        "http://skippy/?, http://10.0.0.7:8080/?",
        "http://skippy//double/../x, http://10.0.0.7:8080//double/../x",
        "http://skippy/%2f%20%E2%82%AC?%2f, http://10.0.0.7:8080/%2f%20%E2%82%AC?%2f",
        "http://skippy/a#fragment, http://10.0.0.7:8080/a",
        "HTTP://Skippy/A, HTTP://10.0.0.7:8080/A"
    })
    void replacesTheAuthorityAndNothingElseOfTheUri(String logical, String expected) {
        assertThat(rewrite(HttpRequest.newBuilder(URI.create(logical)).build()).uri())
                .hasToString(expected);
    }

    @Test
    void writesIpv6InBrackets() {
        assertThat(PodRequests.withAuthority(
                        Skippy.ROOT, Endpoint.of("fd00::7", 80).authority()))
                .hasToString("http://[fd00::7]:80/");
    }

    @Test
    void keepsAllOtherProperties() {
        BodyPublisher body = BodyPublishers.ofString("order");
        HttpRequest request = HttpRequest.newBuilder(Skippy.ROOT)
                .method("PATCH", body)
                .header("A", "1")
                .header("A", "2")
                .header("B", "")
                .timeout(Duration.ofSeconds(7))
                .version(Version.HTTP_1_1)
                .expectContinue(true)
                .build();
        HttpRequest rewritten = rewrite(request);
        assertThat(rewritten.method()).isEqualTo("PATCH");
        assertThat(rewritten.bodyPublisher()).containsSame(body);
        assertThat(rewritten.headers().allValues("A")).isEqualTo(List.of("1", "2"));
        assertThat(rewritten.headers().firstValue("B")).contains("");
        assertThat(rewritten.timeout()).contains(Duration.ofSeconds(7));
        assertThat(rewritten.version()).contains(Version.HTTP_1_1);
        assertThat(rewritten.expectContinue()).isTrue();
    }

    @Test
    void keepsWhatWasNotSetUnset() {
        HttpRequest rewritten = rewrite(HttpRequest.newBuilder(Skippy.ROOT).build());
        assertThat(rewritten.method()).isEqualTo("GET");
        assertThat(rewritten.bodyPublisher()).isEmpty();
        assertThat(rewritten.headers().map()).isEmpty();
        assertThat(rewritten.timeout()).isEmpty();
        assertThat(rewritten.version()).isEmpty();
        assertThat(rewritten.expectContinue()).isFalse();
        HttpRequest deleting = HttpRequest.newBuilder(Skippy.ROOT).DELETE().build();
        assertThat(rewrite(deleting).method()).isEqualTo("DELETE");
        assertThat(rewrite(deleting).bodyPublisher()).isEqualTo(deleting.bodyPublisher());
    }

    private HttpRequest rewrite(HttpRequest request) {
        return requests.rewrite(request, PodRequests.withAuthority(request.uri(), POD.authority()))
                .build();
    }
}
