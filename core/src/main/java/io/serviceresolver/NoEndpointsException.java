package io.serviceresolver;

/**
 * There is no endpoint to pick: either the sources are sure of that, or none could tell in time. The message says what
 * each of them answered; {@link #state()} tells the two apart.
 */
public final class NoEndpointsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ServiceState state;

    NoEndpointsException(String message, ServiceState state) {
        // Thrown per call while a service is down: the stack would cost more than the call and tell nothing.
        super(message, null, false, false);
        this.state = state;
    }

    /** What was known of the service: {@code EMPTY} where it has no endpoints, {@code UNKNOWN} where nobody could tell. */
    public ServiceState state() {
        return state;
    }
}
