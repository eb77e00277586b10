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

    /**
     * With all that is known of a handle.
     *
     * @param obstacle why there is nothing to pick although endpoints are known; empty where that is plain
     */
    static NoEndpointsException of(ServiceView view, String obstacle) {
        String plain = view.part().isWhole() ? "" : view.known().size() + " match; ";
        String matching = obstacle.isEmpty() ? plain : obstacle + "; ";
        ServiceState state = view.feed().state(view);
        return new NoEndpointsException(view + ": no endpoints (" + matching + state.detail() + ")", state);
    }

    /** What was known of the service: {@code EMPTY} where it has no endpoints, {@code UNKNOWN} where nobody could tell. */
    public ServiceState state() {
        return state;
    }
}
