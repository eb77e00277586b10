package io.serviceresolver.http;

import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.http.RecordingPod.Reply;
import java.io.IOException;
import java.net.CookieHandler;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cookies of Pods, where the wrapped client keeps cookies. */
class CookieTest {

    private final RecordingPod pod = RecordingPod.start("127.0.1.1");
    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ORIGINAL_SERVER);
    private final Skippy skippy = new Skippy(
            HttpClient.newBuilder()
                    .version(Version.HTTP_1_1)
                    .followRedirects(Redirect.NORMAL)
                    .cookieHandler(cookies)
                    .build(),
            pod.endpoint());

    CookieTest() throws IOException {}

    @AfterEach
    void stop() {
        skippy.close();
        pod.close();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void areThoseOfTheService(Way way) throws Exception {
        pod.answering(request -> Reply.of(200).with("Set-Cookie", "session=1; Path=/"));
        HttpResponse<String> first = way.call(skippy.client, Skippy.get(), ofString());
        assertThat(pod.last().header("Cookie")).isEmpty();
        assertThat(first.headers().firstValue("Set-Cookie")).isPresent();
        assertThat(cookies.getCookieStore().get(URI.create("http://skippy/"))).hasSize(1);
        assertThat(cookies.getCookieStore().get(URI.create(pod.root()))).isEmpty();
        HttpRequest second = HttpRequest.newBuilder(URI.create("http://skippy/x"))
                .header("Cookie", "mine=2")
                .build();
        HttpResponse<String> response = way.call(skippy.client, second, ofString());
        assertThat(pod.last().header("Cookie").split("; ")).containsExactlyInAnyOrder("mine=2", "session=1");
        assertThat(response.request()).isSameAs(second);
    }

    /** The Pod's address may be another service's Pod next. */
    @Test
    void goToNoOtherServiceNorAddress() throws Exception {
        pod.answering(request -> Reply.of(200).with("Set-Cookie", "session=1; Path=/"));
        skippy.source.set("other", pod.endpoint());
        skippy.client.send(Skippy.get(), ofString());
        for (String uri : List.of("http://other/", "http://skippy.web.svc/", pod.root())) {
            if (uri.contains("web")) {
                skippy.source.set("skippy.web", pod.endpoint());
            }
            skippy.client.send(Skippy.get(uri), ofString());
            assertThat(pod.last().header("Cookie")).as(uri).isEmpty();
        }
        skippy.client.send(Skippy.get(), ofString());
        assertThat(pod.last().header("Cookie")).isEqualTo("session=1");
    }

    @ParameterizedTest
    @ValueSource(strings = {".shield.svc", "shield.svc", ".svc", "other.shield.svc"})
    void forOthersThanTheServiceAreNotKept(String domain) throws Exception {
        pod.answering(request -> Reply.of(200)
                .with("Set-Cookie", "planted=1; Path=/; Domain=" + domain)
                .with("Set-Cookie", "own=1; Path=/; domain=skippy.shield.svc"));
        skippy.source.set("other", pod.endpoint());
        skippy.client.send(Skippy.get("http://skippy.shield.svc/"), ofString());
        skippy.client.send(Skippy.get("http://other.shield.svc/"), ofString());
        assertThat(pod.last().header("Cookie")).isEmpty();
        skippy.client.send(Skippy.get("http://skippy.shield.svc/"), ofString());
        assertThat(pod.last().header("Cookie")).contains("own=1").doesNotContain("planted");
    }

    @Test
    void ofARedirectAreKeptAndSent() throws Exception {
        pod.answering(request -> request.target().equals("/login")
                ? Reply.of(303).with("Set-Cookie", "session=1; Path=/").with("Location", "/home")
                : Reply.of(200));
        skippy.client.send(Skippy.get("http://skippy/login"), ofString());
        assertThat(pod.last().target()).isEqualTo("/home");
        assertThat(pod.last().header("Cookie")).isEqualTo("session=1");
    }

    @Test
    void thatAreSecureAreNotSentInTheClear() throws Exception {
        pod.answering(request -> Reply.of(200).with("Set-Cookie", "session=1; Path=/; Secure"));
        skippy.client.send(Skippy.get(), ofString());
        skippy.client.send(Skippy.get(), ofString());
        assertThat(pod.last().header("Cookie")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void ofAHandlerThatFailsFailTheCall(Way way) throws Exception {
        CookieHandler failing = new CookieHandler() {
            @Override
            public Map<String, List<String>> get(URI uri, Map<String, List<String>> headers) {
                return Map.of();
            }

            @Override
            public void put(URI uri, Map<String, List<String>> headers) throws IOException {
                throw new IOException("disk full");
            }
        };
        HttpClient client = HttpClient.newBuilder().cookieHandler(failing).build();
        try (Skippy broken = new Skippy(client, pod.endpoint())) {
            assertThat(broken.client.cookieHandler()).containsSame(failing);
            assertThatThrownBy(() -> way.call(broken.client, Skippy.get(), ofString()))
                    .isInstanceOf(IOException.class)
                    .hasMessage("disk full");
            Skippy.await("nothing is in flight", () -> broken.stats().inFlight() == 0);
        }
    }
}
