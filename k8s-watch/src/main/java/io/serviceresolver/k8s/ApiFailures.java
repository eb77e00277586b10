package io.serviceresolver.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.serviceresolver.k8s.ApiFailure.Kind;
import io.serviceresolver.text.Printable;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Tells from an HTTP status, a {@code Status} object or an exception what went wrong. */
final class ApiFailures {

    private static final int MAX_CAUSES = 20;

    private ApiFailures() {}

    /** An answer that is not 2xx. */
    static ApiFailure of(String what, HttpResponse<?> response, byte[] body) {
        JsonNode status = json(body);
        ApiFailure failure = ofStatus(what, response.code(), status);
        Duration asked = retryAfter(response.header("Retry-After"), response.header("Date"));
        return asked.isZero() ? failure : new ApiFailure(failure.kind(), failure.reason(), asked);
    }

    /** Whether an answer is a {@code Status} object. */
    static boolean isStatus(byte[] body) {
        return json(body).path("kind").asText().equals("Status");
    }

    /** A {@code Status} object, as an answer or as an event of a watch. */
    static ApiFailure ofStatus(String what, int code, JsonNode status) {
        String message = Printable.of(status.path("message").asText());
        String reason = what + ": " + code + (message.isEmpty() ? "" : " " + message);
        Duration asked = Duration.ofSeconds(
                Math.max(0, status.path("details").path("retryAfterSeconds").asInt()));
        return new ApiFailure(kind(code, status), reason, asked);
    }

    /** An exception of the HTTP client, or of what makes one. */
    static ApiFailure of(String what, @Nullable Throwable problem) {
        @Nullable Throwable cause = problem;
        boolean insecure = false;
        boolean tls = false;
        boolean brokenInTls = false;
        boolean io = false;
        for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
            insecure |= cause instanceof GeneralSecurityException;
            brokenInTls |= tls && cause instanceof IOException && !(cause instanceof SSLException);
            tls |= cause instanceof SSLException;
            io |= cause instanceof IOException;
            cause = cause.getCause();
        }
        // A connection that breaks in its handshake says nothing of trust: it may be a load balancer without a server.
        boolean untrusted = insecure || (tls && !brokenInTls);
        // Neither TLS nor I/O: our own configuration is wrong, which files may set right.
        Kind kind = untrusted || !io ? Kind.UNTRUSTED : Kind.UNREACHABLE;
        return new ApiFailure(kind, what + ": " + Printable.of(shown(problem)));
    }

    /** The wait that a server asks for: seconds, or a date, which is compared with its own clock; else none. */
    static Duration retryAfter(@Nullable String value, @Nullable String date) {
        if (value == null) {
            return Duration.ZERO;
        }
        if (value.matches("[0-9]{1,18}")) {
            return Duration.ofSeconds(Long.parseLong(value));
        }
        try {
            ZonedDateTime until = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME);
            ZonedDateTime now = ZonedDateTime.parse(date == null ? "" : date, DateTimeFormatter.RFC_1123_DATE_TIME);
            return until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO;
        } catch (DateTimeParseException e) {
            return Duration.ZERO;
        }
    }

    private static Kind kind(int code, JsonNode status) {
        boolean tooNew = status.path("details").path("causes").findValuesAsText("reason").stream()
                .anyMatch("ResourceVersionTooLarge"::equals);
        if (code == 410 || tooNew) {
            return Kind.EXPIRED;
        }
        return switch (code) {
            case 401 -> Kind.UNAUTHORIZED;
            case 403 -> Kind.FORBIDDEN;
            case 404 -> Kind.UNKNOWN_API;
            case 429 -> Kind.BUSY;
            default -> code >= 500 ? Kind.BUSY : Kind.REJECTED;
        };
    }

    private static JsonNode json(byte[] body) {
        try {
            return Json.tree(body);
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    private static String shown(@Nullable Throwable problem) {
        Throwable cause =
                problem instanceof CompletionException && problem.getCause() != null ? problem.getCause() : problem;
        if (cause == null) {
            return "no answer";
        }
        String message = cause.getMessage();
        return message == null
                ? cause.getClass().getSimpleName()
                : cause.getClass().getSimpleName() + ": " + message;
    }
}
