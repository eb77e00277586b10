package io.serviceresolver.grpc;

import io.grpc.CallOptions;
import io.grpc.ClientStreamTracer;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.serviceresolver.call.Lease;
import io.serviceresolver.call.Outcome;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A call that was begun, of which the channel makes a stream at once; or none, where the connection breaks in that moment, and the channel
 * picks again for the same call. Thread-safe.
 */
final class PodPick extends ClientStreamTracer.Factory {

    private final Lease lease;
    private final Set<PodPick> open;
    private final Waited waited;

    PodPick(Lease lease, Set<PodPick> open, Waited waited) {
        this.lease = lease;
        this.open = open;
        this.waited = waited;
    }

    @Override
    public ClientStreamTracer newClientStreamTracer(ClientStreamTracer.StreamInfo info, Metadata headers) {
        open.remove(this);
        PodStream stream = new PodStream(lease, deadline(info.getCallOptions()));
        waited.watch(stream);
        return stream;
    }

    /** That of the call, or of what it is a part of. */
    private static @Nullable Deadline deadline(CallOptions options) {
        Deadline own = options.getDeadline();
        Deadline outer = Context.current().getDeadline();
        return own == null || (outer != null && outer.isBefore(own)) ? outer : own;
    }

    /** Ends the call unless there is a stream, as the connection is broken. */
    void drop() {
        if (open.remove(this)) {
            lease.complete(Outcome.CANCELLED);
        }
    }
}
