package io.serviceresolver.http;

import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.EndpointId;
import io.serviceresolver.endpoint.ServiceName;
import java.io.IOException;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Clients that are as good as one another, but for the connections that they have: a client uses a connection again for
 * whatever goes to the same address and port, be that another Pod's by now. So a call goes by the first client that has
 * had no other Pod at that address; the JDK has no other way to let go of a connection. Thread-safe.
 */
final class PodClients {

    /** So many addresses are remembered; beyond it, the one not used for longest is not. */
    private static final int MOST_ADDRESSES = 4_096;

    /** Each has a thread; beyond it, the oldest that was made is let go. */
    private static final int MOST_CLIENTS = 4;

    private static final float LOAD_FACTOR = 0.75f;

    private final @Nullable MadeClient given;
    private final @Nullable Supplier<HttpClient> maker;

    /** In the order in which they came; the one that was given is the first. Guarded by the lock of this object. */
    private final List<MadeClient> clients = new ArrayList<>(1);

    /** Who has had which address and port, the one used last at the end. Guarded by the lock of this object. */
    private final Map<EndpointId, List<Tenant>> tenants = new LinkedHashMap<>(16, LOAD_FACTOR, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<EndpointId, List<Tenant>> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };

    private PodClients(@Nullable MadeClient given, @Nullable Supplier<HttpClient> maker) {
        this.given = given;
        this.maker = maker;
        if (given != null) {
            clients.add(given);
        }
    }

    /** Clients that are made when there is need of one. */
    static PodClients made(Supplier<HttpClient> maker) {
        return new PodClients(null, maker);
    }

    /** A client of somebody else's, which is never let go, and such as are made besides. */
    static PodClients with(HttpClient given, Supplier<HttpClient> maker) {
        return new PodClients(new MadeClient(given), maker);
    }

    /** A client of somebody else's, and no other one: the Pods at an address share its connections. */
    static PodClients only(HttpClient given) {
        return new PodClients(new MadeClient(given), null);
    }

    /**
     * Sends by a client that has no connection to another Pod at the same address.
     *
     * @param service whose Pod it is, as a Pod without a UID is known by that
     * @param pod where to send
     * @param sending sends
     * @return what that gave
     */
    <R, E extends Exception> R send(ServiceName service, Endpoint pod, Sending<R, E> sending) throws IOException, E {
        while (true) {
            MadeClient made = of(service, pod);
            HttpClient client = made.begin();
            // It may have been let go just now: then the next one is another.
            if (client != null) {
                try {
                    return sending.send(client);
                } finally {
                    made.sent();
                }
            }
        }
    }

    private synchronized MadeClient of(ServiceName service, Endpoint pod) {
        if (maker == null && given != null) {
            return given;
        }
        List<Tenant> here = tenants.computeIfAbsent(pod.id().withUid(null), address -> new ArrayList<>(1));
        for (int i = here.size() - 1; i >= 0; i--) {
            Tenant tenant = here.get(i);
            if (tenant.is(service, pod.id())) {
                here.set(i, tenant.knownAs(pod.id()));
                return tenant.client;
            }
        }
        MadeClient free = clients.stream()
                .filter(client -> here.stream().noneMatch(tenant -> tenant.client == client))
                .findFirst()
                .orElseGet(this::another);
        here.add(new Tenant(service.service(), service.namespace(), pod.id(), free));
        return free;
    }

    private MadeClient another() {
        if (maker == null) {
            throw new IllegalStateException("no client");
        }
        MadeClient made = new MadeClient(maker.get());
        if (clients.size() == MOST_CLIENTS) {
            letGo(clients.get(given == null ? 0 : 1));
        }
        clients.add(made);
        return made;
    }

    private void letGo(MadeClient oldest) {
        clients.remove(oldest);
        tenants.values().forEach(here -> here.removeIf(tenant -> tenant.client == oldest));
        oldest.retire();
    }

    /** Lets go of all that were made. Whoever still sends by them has others made, which the garbage collector ends. */
    synchronized void retire() {
        List.copyOf(clients).stream().filter(client -> client != given).forEach(this::letGo);
    }

    /** How many clients there are. */
    synchronized int size() {
        return clients.size();
    }

    /**
     * A Pod that an address belongs to, or did.
     *
     * @param service the name of its service
     * @param namespace the namespace of that
     * @param pod what is known of it
     * @param client the client that may have connections to it
     */
    private record Tenant(String service, String namespace, EndpointId pod, MadeClient client) {

        /** Whether it may be that Pod. */
        boolean is(ServiceName called, EndpointId id) {
            if (pod.hasUid() && id.hasUid()) {
                return pod.hasUidOf(id);
            }
            return service.equals(called.service()) && namespace.equals(called.namespace());
        }

        Tenant knownAs(EndpointId id) {
            return !pod.hasUid() && id.hasUid() ? new Tenant(service, namespace, id, client) : this;
        }
    }

    /** Sends a request. */
    @FunctionalInterface
    interface Sending<R, E extends Exception> {
        R send(HttpClient client) throws IOException, E;
    }
}
