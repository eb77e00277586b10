package io.serviceresolver.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serviceresolver.text.Printable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Asks the API server which rights we have, one after the other ({@code SelfSubjectAccessReview}). Used by one thread at a
 * time: the one that carries the answer asks the next question.
 */
final class AccessPreflight {

    private static final String REVIEWS = "apis/authorization.k8s.io/v1/selfsubjectaccessreviews";

    private final ApiClient client;
    private final List<AccessRight> rights;
    private final Deque<AccessRight> open;
    private final List<AccessRight> granted = new ArrayList<>();
    private final List<AccessRight> missing = new ArrayList<>();
    private final CompletableFuture<AccessReport> report = new CompletableFuture<>();

    AccessPreflight(ApiClient client, Collection<AccessRight> rights) {
        this.client = client;
        this.rights = List.copyOf(rights);
        this.open = new ArrayDeque<>(rights);
    }

    CompletableFuture<AccessReport> start() {
        askNext();
        return report;
    }

    private void askNext() {
        AccessRight right = open.peek();
        if (right == null) {
            finish(Optional.empty());
            return;
        }
        String what = "create selfsubjectaccessreviews.authorization.k8s.io";
        client.create(REVIEWS, review(right).toString(), what, new JsonSink(what, this::answered, this::failed));
    }

    private void answered(JsonNode review) {
        JsonNode status = review.path("status");
        JsonNode allowed = status.path("allowed");
        if (!allowed.isBoolean()) {
            finish(Optional.of("status.allowed: " + Printable.of(allowed.toString()) + " (expected: true or false)"));
            return;
        }
        (allowed.asBoolean() ? granted : missing).add(open.remove());
        askNext();
    }

    private void failed(ApiFailure failure) {
        finish(Optional.of(
                failure.kind() == ApiFailure.Kind.UNKNOWN_API
                        ? "this API server does not review access: " + failure.reason()
                        : failure.reason()));
    }

    /** Ends it, from any thread: nothing more is known. */
    void cancel() {
        report.complete(
                new AccessReport(List.of(), List.of(), rights, Optional.of("source: watch (expected: not closed)")));
    }

    private void finish(Optional<String> problem) {
        report.complete(new AccessReport(granted, missing, List.copyOf(open), problem));
    }

    private static ObjectNode review(AccessRight right) {
        ObjectNode review = JsonNodeFactory.instance
                .objectNode()
                .put("apiVersion", "authorization.k8s.io/v1")
                .put("kind", "SelfSubjectAccessReview");
        review.putObject("spec")
                .putObject("resourceAttributes")
                .put("verb", right.verb())
                .put("group", right.group())
                .put("resource", right.resource())
                .put("namespace", right.namespace());
        return review;
    }
}
