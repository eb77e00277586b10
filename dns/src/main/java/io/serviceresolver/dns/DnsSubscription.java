package io.serviceresolver.dns;

import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.EndpointSet;
import io.serviceresolver.endpoint.IpFamily;
import io.serviceresolver.endpoint.PodLabels;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.endpoint.ServiceTraits;
import io.serviceresolver.source.EndpointLimit;
import io.serviceresolver.source.SourceAnswer;
import io.serviceresolver.source.SourceContext;
import io.serviceresolver.source.SourceListener;
import io.serviceresolver.source.SourceSubscription;
import io.serviceresolver.text.Printable;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.Name;

/**
 * Follows one service: refreshes by timer for as long as the TTL says, backs off after failures, and holds a set for a
 * while against answers that would empty it. Belongs to the thread of the scheduler; only {@link #close} may be called
 * by others.
 */
final class DnsSubscription implements SourceSubscription {

    private static final Logger LOG = LoggerFactory.getLogger(DnsSubscription.class);
    private static final String ABSENCE = " (no such Service or port, or a headless Service without a ready endpoint)";

    private static final ServiceTraits TRAITS =
            ServiceTraits.DEFAULT.withPodLabels(PodLabels.unknown("DNS does not tell the labels of Pods"));

    private final DnsIo io;
    private final Nameservers nameservers;
    private final DnsSettings settings;
    private final ServiceName service;
    private final SourceContext context;
    private final SourceListener listener;
    private final Delays delays;
    private final EndpointLimit limit;
    private final NegativeHold hold;

    /** Written once, by whoever closes. */
    private volatile boolean closed;

    private EndpointSet set = EndpointSet.EMPTY;
    private @Nullable Family inUse;
    private int failures;
    private @Nullable Future<?> timer;
    private @Nullable Inquiry inquiry;

    DnsSubscription(
            DnsIo io,
            Nameservers nameservers,
            DnsSettings settings,
            ServiceName service,
            SourceContext context,
            SourceListener listener) {
        this.io = io;
        this.nameservers = nameservers;
        this.settings = settings;
        this.service = service;
        this.context = context;
        this.listener = listener;
        this.hold = new NegativeHold(settings.negativeHold().toNanos());
        this.delays = new Delays(settings, context.random());
        this.limit = new EndpointLimit(service, settings.maxAddresses(), context.random());
    }

    void start() {
        again(0);
    }

    private void again(long delayNanos) {
        try {
            timer = context.scheduler().schedule(this::refresh, delayNanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("{} is no longer followed: the scheduler was shut down", service);
        }
    }

    private void refresh() {
        if (closed) {
            return;
        }
        find().handle((found, problem) -> problem == null ? found : unexpected(problem))
                .thenAccept(this::conclude);
    }

    private CompletableFuture<Resolution> find() {
        try {
            List<InetSocketAddress> servers = nameservers.current();
            if (servers.isEmpty()) {
                return CompletableFuture.completedFuture(new Resolution.Failed(nameservers.whyNone()));
            }
            Name domain = ServiceLookup.name(context.cluster().domain(), Name.root);
            Inquiry started = new Inquiry(io, nameservers, settings, context, domain, servers);
            inquiry = started;
            started.start();
            return new ServiceLookup(started, service, preferred()).resolve();
        } catch (IllegalArgumentException e) {
            return CompletableFuture.completedFuture(new Resolution.Failed(Exchange.describe(e)));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** The family in use, as long as this host can call it; else IPv4, unless it can call IPv6 only. */
    private Family preferred() {
        Set<IpFamily> ours = context.topology().current().families();
        if (inUse != null && ours.contains(inUse.ip)) {
            return inUse;
        }
        return ours.contains(IpFamily.IPV4) ? Family.IPV4 : Family.IPV6;
    }

    private Resolution unexpected(Throwable problem) {
        LOG.warn("Looking up {} in DNS failed unexpectedly", service, problem);
        return new Resolution.Failed(Printable.of(problem.toString()));
    }

    private void conclude(Resolution found) {
        stopInquiry();
        if (closed) {
            return;
        }
        if (found instanceof Resolution.Failed failed) {
            failures++;
            again(delays.afterFailures(failures));
            tell(new SourceAnswer.Unavailable(failed.reason()));
            return;
        }
        failures = 0;
        long left = isDoubtful(found) && !set.isEmpty() ? leftToHold() : 0;
        if (left > 0) {
            again(delays.whileHeld(ttl(found), left));
        } else {
            hold.end();
            again(delays.afterAnswer(ttl(found)));
            tell(accept(found));
        }
    }

    private static boolean isDoubtful(Resolution found) {
        return !(found instanceof Resolution.Endpoints some) || some.certainty() == Addresses.Certainty.DOUBTFUL;
    }

    private static long ttl(Resolution found) {
        if (found instanceof Resolution.Endpoints some) {
            return some.ttl();
        }
        return found instanceof Resolution.Absent absent ? absent.ttl() : ((Resolution.Empty) found).ttl();
    }

    private long leftToHold() {
        long left = hold.answered(context.ticker().getAsLong());
        if (left > 0 && hold.hasJustBegun()) {
            LOG.info(
                    "{}: an answer without the endpoints in use, which are held for {}",
                    service,
                    settings.negativeHold());
        }
        return left;
    }

    private SourceAnswer accept(Resolution found) {
        List<Endpoint> all = found instanceof Resolution.Endpoints some ? some.endpoints() : List.of();
        set = set.next(limit.limit(CanonicalOrder.of(all)), TRAITS);
        inUse = found instanceof Resolution.Endpoints some ? some.family() : null;
        return found instanceof Resolution.Absent absent
                ? new SourceAnswer.Absent(absent.reason() + ABSENCE)
                : new SourceAnswer.Found(set);
    }

    private void tell(SourceAnswer answer) {
        try {
            listener.onAnswer(answer);
        } catch (RuntimeException e) {
            LOG.warn("The listener to {} failed", service, e);
        }
    }

    private void stopInquiry() {
        if (inquiry != null) {
            Inquiry over = inquiry;
            inquiry = null;
            over.end("the refresh is over");
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            context.scheduler().execute(this::release);
        } catch (RejectedExecutionException e) {
            LOG.debug("{}: the scheduler was shut down before the subscription was closed", service);
        }
    }

    private void release() {
        stopInquiry();
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
