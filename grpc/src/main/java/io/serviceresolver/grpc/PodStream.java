package io.serviceresolver.grpc;

import io.grpc.ClientStreamTracer;
import io.grpc.Deadline;
import io.grpc.Status;
import io.serviceresolver.call.Lease;
import io.serviceresolver.call.Outcome;
import org.jspecify.annotations.Nullable;

/** One stream: it is in flight until it is closed, by whatever end, and that says how the endpoint fares. Thread-safe. */
final class PodStream extends ClientStreamTracer {

    private final Lease lease;
    private final @Nullable Deadline deadline;

    /** Whether anything of it was sent. Written by the thread of the connection. */
    private volatile boolean sent;

    PodStream(Lease lease, @Nullable Deadline deadline) {
        this.lease = lease;
        this.deadline = deadline;
    }

    @Override
    public void outboundHeaders() {
        sent = true;
    }

    @Override
    public void streamClosed(Status status) {
        lease.complete(outcome(status));
    }

    /** By what {@link Outcome#of} knows of gRPC, which cancels a call when its time is over. */
    private Outcome outcome(Status status) {
        if (status.isOk()) {
            return Outcome.SUCCESS;
        }
        boolean tooLate = status.getCode() == Status.Code.CANCELLED && deadline != null && deadline.isExpired();
        return tooLate ? Outcome.TIMEOUT : Outcome.of(status.asException());
    }

    /** Ends it, unless something was sent. */
    void endUnlessSent() {
        if (!sent) {
            lease.complete(Outcome.CANCELLED);
        }
    }
}
