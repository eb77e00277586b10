package io.serviceresolver.dns;

import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.source.EndpointSource;
import io.serviceresolver.source.SourceContext;
import io.serviceresolver.source.SourceListener;
import io.serviceresolver.source.SourceSubscription;

/**
 * Endpoints from cluster DNS, as Kubernetes' DNS specification has it: for where the API server may not be asked.
 *
 * <p>What DNS can tell:
 *
 * <ul>
 *   <li>A headless Service gives its ready endpoints, any other one its cluster IP, behind which the cluster balances.
 *   <li>A named port is asked for by its SRV record, which holds the right number: the Pods' own for a headless
 *       Service. A port given as a number is used as it is, with the A and AAAA records: for a headless Service it must
 *       be the number that the Pods listen on. Where the port is left open, the SRV records of the Service's name tell
 *       which one it is; where they tell of several, the answer is {@code Unavailable} and lists them.
 *   <li>NXDOMAIN means that there is no such Service or port, or a headless Service without a ready endpoint: DNS does
 *       not tell them apart.
 *   <li>Weights of SRV records are not used: CoreDNS makes them all equal.
 * </ul>
 *
 * <p>Only absolute names of the cluster domain are asked for, each record type once per refresh; the search list is not
 * used, and no name outside the domain is followed, so a Service of type ExternalName is refused. Of two address
 * families one is used, so that no Pod counts twice: IPv4 unless there is only IPv6; a family in use stays while the
 * Service has addresses of it.
 *
 * <p>Refreshes come by timer, as often as the TTL says, within bounds. A set that was found survives failures, and for
 * a while NXDOMAIN and empty answers as well. Thread-safe; one daemon thread, from the first query until
 * {@link #close}.
 */
public final class DnsSource implements EndpointSource {

    private final DnsSettings settings;
    private final Nameservers nameservers;
    private final DnsIo io = new DnsIo();

    DnsSource(DnsSettings settings, Nameservers nameservers) {
        this.settings = settings;
        this.nameservers = nameservers;
    }

    /** A source with the nameservers of {@code /etc/resolv.conf} and all defaults. */
    public static DnsSource fromResolvConf() {
        return builder().build();
    }

    /** Starts a source with other values than the defaults. */
    public static DnsSourceBuilder builder() {
        return new DnsSourceBuilder();
    }

    /** {@code dns}. */
    @Override
    public String name() {
        return "dns";
    }

    @Override
    public SourceSubscription subscribe(ServiceName service, SourceContext context, SourceListener listener) {
        DnsSubscription subscription = new DnsSubscription(io, nameservers, settings, service, context, listener);
        subscription.start();
        return subscription;
    }

    /** Frees the sockets and ends the thread. What is asked of it later is answered with {@code Unavailable}. */
    @Override
    public void close() {
        io.close();
    }
}
