package io.serviceresolver.dns;

import io.serviceresolver.source.SourceContext;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * The questions of one refresh. All of them are answered when the time of the refresh is over at the latest. Belongs to the thread of the scheduler, by which all answers come.
 */
final class Inquiry {

    private final DnsIo io;
    private final Nameservers nameservers;
    private final DnsSettings settings;
    private final SourceContext context;
    private final Name domain;
    private final List<InetSocketAddress> servers;
    private final List<Lookup> lookups = new ArrayList<>();
    private @Nullable Future<?> deadline;
    private @Nullable String ended;

    /**
     * Starts the time of the refresh.
     *
     * @param servers whom to ask, one or more, the preferred one first
     */
    Inquiry(
            DnsIo io,
            Nameservers nameservers,
            DnsSettings settings,
            SourceContext context,
            Name domain,
            List<InetSocketAddress> servers) {
        this.io = io;
        this.nameservers = nameservers;
        this.settings = settings;
        this.context = context;
        this.domain = domain;
        this.servers = servers;
    }

    void start() {
        long nanos = settings.refreshTimeout().toNanos();
        String reason = "no complete answer within " + settings.refreshTimeout().toMillis() + " ms";
        deadline = context.scheduler().schedule(() -> end(reason), nanos, TimeUnit.NANOSECONDS);
    }

    CompletableFuture<LookupResult> ask(Name name, int type) {
        if (ended != null) {
            return CompletableFuture.completedFuture(new LookupResult.Failed(ended));
        }
        Lookup lookup = new Lookup(this, new Question(name, type), servers);
        lookups.add(lookup);
        lookup.startNext();
        return lookup.result();
    }

    /** Ends all that is still open, which counts as failed for this reason. */
    void end(String reason) {
        if (ended == null) {
            ended = reason;
            if (deadline != null) {
                deadline.cancel(false);
            }
            new ArrayList<>(lookups).forEach(lookup -> lookup.fail(reason));
        }
    }

    DnsIo io() {
        return io;
    }

    Nameservers nameservers() {
        return nameservers;
    }

    DnsSettings settings() {
        return settings;
    }

    SourceContext context() {
        return context;
    }

    Name domain() {
        return domain;
    }
}
