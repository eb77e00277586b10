package io.serviceresolver.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.endpoint.ClusterContext;
import java.net.URI;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.ResponseInfo;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedirectsTest {

    @ParameterizedTest
    @CsvSource({
        "NORMAL, https://skippy/from, http://skippy/to, false",
        "NORMAL, https://skippy/from, http://elsewhere.example/to, false",
        "NORMAL, https://skippy/from, https://skippy/to, true",
        "NORMAL, http://skippy/from, https://skippy/to, true",
        "ALWAYS, https://skippy/from, http://skippy/to, true",
        "NEVER, https://skippy/from, https://skippy/to, false"
    })
    void neverLeadOutOfTlsUnlessTheUserSaidAlways(Redirect policy, URI from, URI to, boolean followed) {
        Redirects redirects = new Redirects(policy, new ServiceHosts(new ClusterContext("shield", "cluster.local")));
        HttpRequest next = redirects.follow(HttpRequest.newBuilder(from).build(), head(to), null);
        assertThat(next != null).isEqualTo(followed);
    }

    private static ResponseInfo head(URI location) {
        return new ResponseInfo() {
            @Override
            public int statusCode() {
                return 307;
            }

            @Override
            public HttpHeaders headers() {
                return HttpHeaders.of(Map.of("Location", List.of(location.toString())), (name, value) -> true);
            }

            @Override
            public Version version() {
                return Version.HTTP_1_1;
            }
        };
    }
}
