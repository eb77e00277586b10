package io.serviceresolver.testkit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serviceresolver.testkit.ApiConnection.Answer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What an {@link ApiServer} holds, and what it answers. Thread-safe. */
final class ApiState {

    final ApiScript.Rules rules = new ApiScript.Rules();
    final ApiWaiters waiters = new ApiWaiters();

    /** This and all that follows is guarded by this. */
    private final ApiStore store = new ApiStore();

    private final List<ApiRequest> requests = new ArrayList<>();
    private final List<ApiWatch> watches = new ArrayList<>();
    private final Set<String> served = new HashSet<>(Set.of("discovery.k8s.io/v1", "v1"));
    private int pageSize;
    private @Nullable String token;

    synchronized void put(ObjectNode object) {
        tell(store.put(object));
    }

    synchronized void delete(ObjectNode object) {
        store.delete(object).ifPresent(this::tell);
    }

    synchronized void withStore(Consumer<ApiStore> action) {
        action.accept(store);
    }

    synchronized long version() {
        return store.version();
    }

    synchronized void pageSize(int objects) {
        pageSize = objects;
    }

    synchronized void token(String accepted) {
        token = accepted;
    }

    synchronized Optional<String> token() {
        return Optional.ofNullable(token);
    }

    synchronized void unserve(String apiVersion) {
        served.remove(apiVersion);
    }

    synchronized List<ApiRequest> requests() {
        return List.copyOf(requests);
    }

    synchronized List<ApiWatch> watches() {
        return List.copyOf(watches);
    }

    synchronized void bookmark() {
        watches.forEach(watch -> {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            object.put("apiVersion", watch.selector().apiVersion()).put("kind", "Bookmark");
            object.putObject("metadata").put("resourceVersion", Long.toString(store.version()));
            watch.offer(ApiStore.frame("BOOKMARK", object) + "\n");
        });
    }

    /** Takes note of a request: the fault that is planned for it, if any. */
    @Nullable
    ApiFault received(ApiRequest request) {
        @Nullable ApiFault fault;
        synchronized (this) {
            // Before anybody can know of the request, and send another one that gets its fault.
            fault = rules.take(request);
            requests.add(request);
        }
        waiters.check();
        return fault;
    }

    synchronized Answer answer(ApiRequest request, @Nullable ApiFault fault) {
        if (fault instanceof ApiFault.Status status) {
            ObjectNode body = ApiHttp.status(status.code(), status.message());
            return new Answer(status.code(), status.headers(), body.toString(), null);
        }
        String authorization = request.headers().getOrDefault("authorization", "");
        if (token != null && !authorization.equals("Bearer " + token)) {
            return Answer.of(401, ApiHttp.status(401, "Unauthorized"));
        }
        if (!served.contains(request.apiVersion())) {
            return new Answer(404, Map.of("Content-Type", "text/plain"), "404 page not found\n", null);
        }
        ApiSelector selector = ApiSelector.of(request);
        String text = fault instanceof ApiFault.Text said ? said.text() : "";
        return switch (request.verb()) {
            case WATCH -> watch(request, selector, text);
            case LIST -> text.isEmpty() ? list(request, selector) : new Answer(200, Map.of(), text, null);
            case GET ->
                store.select(selector)
                        .findFirst()
                        .map(object -> Answer.of(200, object))
                        .orElseGet(() -> Answer.of(404, ApiHttp.status(404, "no such object")));
        };
    }

    private Answer list(ApiRequest request, ApiSelector selector) {
        ApiStore.PageToken page = ApiStore.PageToken.decode(request.parameter("continue"));
        if (page != null && store.forgotten(page.version())) {
            return Answer.of(410, ApiHttp.status(410, "The provided continue parameter is too old"));
        }
        String version = request.parameter("resourceVersion");
        if (number(version) > store.version()) {
            return tooLarge(version);
        }
        int asked = version.equals("0") ? 0 : (int) number(request.parameter("limit"));
        int limit = pageSize == 0 || (asked > 0 && asked < pageSize) ? asked : pageSize;
        return Answer.of(200, store.list(selector, limit, page));
    }

    private Answer watch(ApiRequest request, ApiSelector selector, String text) {
        String version = request.parameter("resourceVersion");
        return number(version) > store.version() ? tooLarge(version) : new Answer(200, Map.of(), text, selector);
    }

    private Answer tooLarge(String version) {
        ObjectNode status = ApiHttp.status(
                504, "Timeout: Too large resource version: " + version + ", current: " + store.version());
        ObjectNode details = status.putObject("details").put("retryAfterSeconds", 1);
        details.putArray("causes")
                .addObject()
                .put("reason", "ResourceVersionTooLarge")
                .put("message", "Too large resource version");
        return Answer.of(504, status);
    }

    /** Takes a watch in: from here on it misses nothing. */
    void opened(ApiWatch watch, String version, String text) {
        synchronized (this) {
            if (!text.isEmpty()) {
                watch.offer(text);
            }
            long since = number(version);
            if (since == 0) {
                store.select(watch.selector()).forEach(object -> watch.offer(ApiStore.frame("ADDED", object) + "\n"));
            } else if (store.forgotten(since)) {
                watch.offer(ApiStore.frame("ERROR", ApiHttp.status(410, "too old resource version: " + since)) + "\n");
                watch.end();
            } else {
                store.since(since).forEach(change -> tell(watch, change));
            }
            watches.add(watch);
        }
        waiters.check();
    }

    void ended(ApiWatch watch) {
        watch.end();
        synchronized (this) {
            watches.remove(watch);
        }
        waiters.check();
    }

    private void tell(ApiStore.Change change) {
        watches.forEach(watch -> tell(watch, change));
    }

    private static void tell(ApiWatch watch, ApiStore.Change change) {
        change.frame(watch.selector()).ifPresent(frame -> watch.offer(frame + "\n"));
    }

    private static long number(String text) {
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
    }
}
