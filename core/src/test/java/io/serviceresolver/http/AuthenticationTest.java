package io.serviceresolver.http;

import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.http.RecordingPod.Reply;
import java.io.IOException;
import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** 401 of Pods, where the wrapped client has an authenticator. */
class AuthenticationTest {

    private static final String CHALLENGE = "Basic realm=\"the moon\"";

    private final RecordingPod pod = RecordingPod.start("127.0.1.1");
    private final Asked asked = new Asked("jo", "geheim");
    private final Skippy skippy = new Skippy(client(asked), pod.endpoint());

    AuthenticationTest() throws IOException {}

    @AfterEach
    void stop() {
        skippy.close();
        pod.close();
    }

    private static HttpClient client(Authenticator authenticator) {
        return HttpClient.newBuilder()
                .version(Version.HTTP_1_1)
                .followRedirects(Redirect.NORMAL)
                .authenticator(authenticator)
                .build();
    }

    private static String basic(String pair, Charset charset) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(charset));
    }

    private void guard(String value) {
        pod.answering(request -> request.header("Authorization").equals(value)
                ? Reply.of(200).body(request.body())
                : Reply.of(401).with("WWW-Authenticate", CHALLENGE));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void areAskedForOnceByTheNameOfTheService(Way way) throws Exception {
        guard(basic("jo:geheim", ISO_8859_1));
        HttpRequest post = HttpRequest.newBuilder(URI.create("http://skippy/orders/7?x=y"))
                .POST(BodyPublishers.ofString("body"))
                .build();
        HttpResponse<String> response = way.call(skippy.client, post, ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("body");
        assertThat(response.request().headers().map()).doesNotContainKey("Authorization");
        assertThat(response.previousResponse().orElseThrow().statusCode()).isEqualTo(401);
        assertThat(asked.questions)
                .containsExactly("skippy -1 http the moon Basic http://skippy/orders/7?x=y SERVER null");
        way.call(skippy.client, Skippy.get("http://skippy/orders/8"), ofString());
        assertThat(asked.questions).hasSize(1);
        assertThat(pod.seen()).hasSize(3);
    }

    @Test
    void areSentWhereTheyWereAskedForOnly() throws Exception {
        guard(basic("jo:geheim", ISO_8859_1));
        skippy.source.set("other", pod.endpoint());
        skippy.client.send(Skippy.get("http://skippy/in/x"), ofString());
        pod.answering(request -> Reply.of(200));
        for (String uri :
                List.of("http://skippy/out", "http://skippy/in/../out", "http://other/in/x", pod.root() + "in/x")) {
            skippy.client.send(Skippy.get(uri), ofString());
            assertThat(pod.last().header("Authorization")).as(uri).isEmpty();
        }
        skippy.client.send(Skippy.get("http://skippy.shield.svc/in/deep/y"), ofString());
        assertThat(pod.last().header("Authorization")).isNotEmpty();
    }

    @Test
    void doNotFollowARedirectElsewhere() throws Exception {
        skippy.source.set("other", pod.endpoint());
        pod.answering(request -> {
            if (request.target().equals("/to")) {
                return Reply.of(200);
            }
            return request.header("Authorization").isEmpty()
                    ? Reply.of(401).with("WWW-Authenticate", CHALLENGE)
                    : Reply.of(302).with("Location", "http://other/to");
        });
        assertThat(skippy.client
                        .send(Skippy.get("http://skippy/from"), ofString())
                        .statusCode())
                .isEqualTo(200);
        assertThat(pod.seen()).hasSize(3);
        assertThat(pod.last().header("Authorization")).isEmpty();
    }

    @Test
    void thatTheCallerSetAreTheCallersAffair() throws Exception {
        guard("nothing");
        HttpRequest request = HttpRequest.newBuilder(Skippy.ROOT)
                .header("Authorization", "Bearer mine")
                .build();
        assertThat(skippy.client.send(request, ofString()).statusCode()).isEqualTo(401);
        assertThat(pod.last().header("Authorization")).isEqualTo("Bearer mine");
        assertThat(asked.questions).isEmpty();
    }

    @Test
    void ofAnotherSchemeAreTheCallersAffair() throws Exception {
        pod.answering(request -> Reply.of(401).with("WWW-Authenticate", "Negotiate"));
        assertThat(skippy.client.send(Skippy.get(), ofString()).statusCode()).isEqualTo(401);
        assertThat(asked.questions).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void thatAreRefusedAreAskedForAsOftenAsInTheJdk(Way way) {
        guard("nothing");
        String expected = "too many authentication attempts. Limit: 3";
        HttpClient bare = client(new Asked("jo", "geheim"));
        assertThatThrownBy(() -> way.call(bare, Skippy.get(pod.root()), ofString()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(expected);
        int requests = pod.seen().size();
        assertThatThrownBy(() -> way.call(skippy.client, Skippy.get(), ofString()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(expected);
        assertThat(pod.seen()).hasSize(2 * requests);
        Skippy.await("nothing is in flight", () -> skippy.stats().inFlight() == 0);
    }

    @Test
    void thatAreAcceptedNoMoreAreAskedForAnew() throws Exception {
        guard(basic("jo:geheim", ISO_8859_1));
        skippy.client.send(Skippy.get(), ofString());
        asked.password = "neu";
        guard(basic("jo:neu", ISO_8859_1));
        assertThat(skippy.client.send(Skippy.get(), ofString()).statusCode()).isEqualTo(200);
        assertThat(asked.questions).hasSize(2);
        skippy.client.send(Skippy.get(), ofString());
        assertThat(asked.questions).hasSize(2);
    }

    @Test
    void areWrittenAsTheServerReadsThem() throws Exception {
        asked.password = "größe";
        String value = basic("jo:größe", UTF_8);
        pod.answering(request -> request.header("Authorization").equals(value)
                ? Reply.of(200)
                : Reply.of(401)
                        .with("WWW-Authenticate", "Digest realm=x")
                        .with("WWW-Authenticate", "basic charset=\"UTF-8\", realm=moon"));
        assertThat(skippy.client.send(Skippy.get(), ofString()).statusCode()).isEqualTo(200);
        assertThat(asked.questions.get(0)).contains(" moon Basic ");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void thatNobodyHasOrThatNobodyKnowsHowToGiveFailTheCall(Way way) throws Exception {
        asked.password = null;
        guard("nothing");
        assertThatThrownBy(() -> way.call(skippy.client, Skippy.get(), ofString()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("No credentials provided");
        pod.answering(request -> Reply.of(401));
        assertThatThrownBy(() -> way.call(skippy.client, Skippy.get(), ofString()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("WWW-Authenticate header missing for response code 401");
    }

    /** Gives one name and password, and writes down what it was asked. */
    private static final class Asked extends Authenticator {

        private final List<String> questions = new ArrayList<>();
        private final String name;
        private volatile @Nullable String password;

        private Asked(String name, String password) {
            this.name = name;
            this.password = password;
        }

        @Override
        @SuppressWarnings("NullAway")
        protected synchronized PasswordAuthentication getPasswordAuthentication() {
            questions.add(getRequestingHost() + " " + getRequestingPort() + " " + getRequestingProtocol() + " "
                    + getRequestingPrompt() + " " + getRequestingScheme() + " " + getRequestingURL() + " "
                    + getRequestorType() + " " + getRequestingSite());
            String given = password;
            return given == null ? null : new PasswordAuthentication(name, given.toCharArray());
        }
    }
}
