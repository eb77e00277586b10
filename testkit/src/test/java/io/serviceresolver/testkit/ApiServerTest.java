package io.serviceresolver.testkit;

import static io.serviceresolver.testkit.ApiReader.SLICES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApiServerTest {

    private static final String OF_SKIPPY = "labelSelector=kubernetes.io%2Fservice-name%3Dskippy";

    private final ApiServer server = ApiServer.start();
    private final ApiReader reader = new ApiReader(server);

    @AfterEach
    void close() {
        server.close();
    }

    private static ObjectNode slice(String name, String service) {
        return SliceJson.slice(name)
                .namespace("shield")
                .service(service)
                .port("http", 8080)
                .pod("127.0.0.2", name + "-pod")
                .json();
    }

    @Test
    void listsWhatTheSelectorAsksFor() throws Exception {
        server.put(slice("a", "skippy"));
        server.put(slice("b", "other"));
        JsonNode list = reader.json(SLICES + "?" + OF_SKIPPY);
        assertThat(list.path("items").findValuesAsText("resourceVersion")).containsExactly("2");
        assertThat(list.path("metadata").path("resourceVersion").asText()).isEqualTo("3");
        assertThat(reader.json(SLICES.replace("shield", "elsewhere")).path("items"))
                .isEmpty();
    }

    @Test
    void answersOneObjectOr404() throws Exception {
        server.put(slice("a", "skippy"));
        assertThat(reader.json(SLICES + "/a").path("metadata").path("name").asText())
                .isEqualTo("a");
        assertThat(reader.get(SLICES + "/b").statusCode()).isEqualTo(404);
        server.unserve("discovery.k8s.io/v1");
        assertThat(reader.get(SLICES).statusCode()).isEqualTo(404);
    }

    @Test
    void cutsListsIntoPagesAndForgetsTheNextOne() throws Exception {
        List.of("a", "b", "c").forEach(name -> server.put(slice(name, "skippy")));
        server.pageSize(2);
        JsonNode first = reader.json(SLICES);
        String next = first.path("metadata").path("continue").asText();
        assertThat(first.path("items")).hasSize(2);
        JsonNode second = reader.json(SLICES + "?continue=" + next);
        assertThat(second.path("items").findValuesAsText("uid")).contains("uid-of-c");
        assertThat(second.path("metadata").has("continue")).isFalse();
        server.put(slice("d", "skippy"));
        server.compact();
        assertThat(reader.get(SLICES + "?continue=" + next).statusCode()).isEqualTo(410);
    }

    @Test
    void watchesFromAVersionOn() throws Exception {
        server.put(slice("a", "skippy"));
        server.put(slice("b", "skippy"));
        var frames = reader.watch("&resourceVersion=2&" + OF_SKIPPY);
        assertThat(frames.brief()).isEqualTo("ADDED b");
        server.put(slice("a", "skippy"));
        assertThat(frames.brief()).isEqualTo("MODIFIED a");
        server.put(slice("x", "other"));
        server.put(slice("a", "other"));
        assertThat(frames.brief()).isEqualTo("DELETED a");
        server.delete(slice("b", "skippy"));
        JsonNode deleted = frames.next();
        assertThat(deleted.path("object")
                        .path("metadata")
                        .path("resourceVersion")
                        .asText())
                .isEqualTo(Long.toString(server.resourceVersion()));
        server.bookmark();
        JsonNode bookmark = frames.next();
        assertThat(bookmark.path("type").asText()).isEqualTo("BOOKMARK");
        assertThat(bookmark.findValue("resourceVersion").asText()).isEqualTo("7");
        server.endWatches();
        assertThat(frames.next().isNull()).isTrue();
        server.awaitWatches(0);
    }

    @Test
    void says410InTheStreamForAPastThatItForgot() throws Exception {
        server.put(slice("a", "skippy"));
        server.put(slice("b", "skippy"));
        server.compact();
        var frames = reader.watch("&resourceVersion=2");
        assertThat(frames.brief()).isEqualTo("ERROR 410");
        assertThat(frames.next().isNull()).isTrue();
    }

    @Test
    void refusesVersionsOfTheFuture() throws Exception {
        assertThat(reader.get(SLICES + "?watch=true&resourceVersion=999").statusCode())
                .isEqualTo(504);
        var list = reader.get(SLICES + "?resourceVersion=999&resourceVersionMatch=NotOlderThan");
        assertThat(list.statusCode()).isEqualTo(504);
        assertThat(list.body()).contains("ResourceVersionTooLarge");
    }

    @Test
    void failsAsPlannedAndThenWorks() throws Exception {
        server.on(ApiVerb.LIST)
                .next(ApiFault.status(429).header("Retry-After", "7"), ApiFault.text("{"), ApiFault.disconnect());
        var refused = reader.get(SLICES);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("7");
        assertThat(refused.body()).contains("\"kind\":\"Status\"");
        assertThat(reader.get(SLICES).body()).isEqualTo("{");
        // The JDK's client repeats a request whose connection ended before an answer.
        server.on(ApiVerb.LIST).next(ApiFault.disconnect());
        assertThatThrownBy(() -> reader.get(SLICES)).isInstanceOf(IOException.class);
        assertThat(reader.get(SLICES).statusCode()).isEqualTo(200);
        server.on(ApiVerb.LIST, "services").always(ApiFault.status(403));
        assertThat(reader.get(SLICES).statusCode()).isEqualTo(200);
        assertThat(reader.get("/api/v1/namespaces/shield/services").statusCode())
                .isEqualTo(403);
        server.heal();
        assertThat(reader.get("/api/v1/namespaces/shield/services").statusCode())
                .isEqualTo(200);
    }

    @Test
    void holdsAnAnswerBackUntilItIsLetGo() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        server.on(ApiVerb.LIST).next(ApiFault.held(gate));
        CompletableFuture<Integer> answer = CompletableFuture.supplyAsync(() -> {
            try {
                return reader.get(SLICES).statusCode();
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        server.awaitRequests(ApiVerb.LIST, 1);
        assertThat(answer).isNotDone();
        gate.countDown();
        assertThat(answer.join()).isEqualTo(200);
    }

    @Test
    void breaksWatchesOff() throws Exception {
        var frames = reader.watch("&resourceVersion=1");
        server.awaitWatches(1);
        server.send("{\"type\":\"ADD");
        server.resetWatches();
        assertThatThrownBy(frames::next).isInstanceOf(IOException.class);
        server.awaitWatches(0);
    }

    @Test
    void asksForItsToken() throws Exception {
        server.requireToken("secret");
        assertThat(reader.get(SLICES).statusCode()).isEqualTo(401);
        assertThat(reader.get(SLICES, "Authorization", "Bearer secret").statusCode())
                .isEqualTo(200);
        assertThat(server.kubeconfig())
                .contains("token: \"secret\"", server.uri().toString());
    }

    @Test
    void comesBackOnTheSamePort() throws Exception {
        server.put(slice("a", "skippy"));
        server.stop();
        assertThatThrownBy(() -> reader.get(SLICES)).isInstanceOf(IOException.class);
        server.clear();
        server.restart();
        assertThat(reader.json(SLICES).path("items")).isEmpty();
        assertThat(server.requests(ApiVerb.LIST)).isNotEmpty();
    }
}
