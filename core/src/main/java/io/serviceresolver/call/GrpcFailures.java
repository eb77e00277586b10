package io.serviceresolver.call;

import java.util.Set;

/**
 * What failures of gRPC-java say of the server. They are known by name, as gRPC is no dependency.
 *
 * <p>By what gRPC documents of its codes ({@code doc/statuscodes.md}), and the statuses of HTTP that {@code google.rpc.Code} gives for them:
 *
 * <ul>
 *   <li>{@code UNAVAILABLE} (503: the server is shutting down, or the connection broke), {@code INTERNAL} (500: an invariant or the
 *       protocol is broken), {@code UNKNOWN} (500: the code of the server failed) and {@code DATA_LOSS} (500): the server could not,
 *       and another one may. gRPC warns that {@code UNAVAILABLE} may have had an effect, so only a call that is idempotent is
 *       made again. Where the connection was refused that is the cause of the failure, and known by it.
 *   <li>{@code DEADLINE_EXCEEDED}: there was no answer in time.
 *   <li>{@code CANCELLED}: "typically by the caller".
 *   <li>All others are answers to what was asked: {@code RESOURCE_EXHAUSTED} too (429: a quota, which is the same everywhere, or a message too
 *       large), and {@code UNIMPLEMENTED}.
 * </ul>
 */
final class GrpcFailures {

    private static final Set<String> TYPES = Set.of("io.grpc.StatusRuntimeException", "io.grpc.StatusException");

    private GrpcFailures() {}

    /** {@link Outcome#UNREPORTED} where it is no failure of gRPC, or one of which the code cannot be read. Throws nothing. */
    static Outcome read(Throwable failure) {
        return isOfGrpc(failure) ? outcome(code(failure)) : Outcome.UNREPORTED;
    }

    private static boolean isOfGrpc(Throwable failure) {
        for (Class<?> type = failure.getClass(); type != null; type = type.getSuperclass()) {
            if (TYPES.contains(type.getName())) {
                return true;
            }
        }
        return false;
    }

    private static String code(Throwable failure) {
        try {
            Object status = failure.getClass().getMethod("getStatus").invoke(failure);
            return String.valueOf(status.getClass().getMethod("getCode").invoke(status));
        } catch (ReflectiveOperationException | RuntimeException e) {
            return "";
        }
    }

    private static Outcome outcome(String code) {
        return switch (code) {
            case "UNAVAILABLE", "INTERNAL", "UNKNOWN", "DATA_LOSS" -> Outcome.SERVER_ERROR;
            case "DEADLINE_EXCEEDED" -> Outcome.TIMEOUT;
            case "CANCELLED" -> Outcome.CANCELLED;
            case "" -> Outcome.UNREPORTED;
            default -> Outcome.SUCCESS;
        };
    }
}
