package io.serviceresolver.k8s;

import io.serviceresolver.endpoint.Topology;
import io.serviceresolver.source.SourceContext;
import io.serviceresolver.text.Printable;
import java.util.List;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the zone of our own node, once, where the node is known and the zone is not. Without the right to do so nothing
 * is asked again. Used by the scheduler's thread.
 */
final class OwnZone implements ListAttempt.Outcome<NodeView> {

    private static final Logger log = LoggerFactory.getLogger(EndpointSliceSource.class);

    private final ApiClient client;
    private final SourceContext context;
    private final Loop loop;
    private final RetryWaits waits;
    private boolean over;
    private @Nullable ListAttempt<NodeView> asking;
    private @Nullable Future<?> next;

    OwnZone(ApiClient client, SourceContext context) {
        this.client = client;
        this.context = context;
        this.loop = new Loop(context);
        this.waits = new RetryWaits(context.random());
    }

    void start() {
        context.topology().onChange(this::ask);
        ask();
    }

    void close() {
        over = true;
        if (asking != null) {
            asking.cancel();
        }
        if (next != null) {
            next.cancel(false);
        }
    }

    private void ask() {
        Topology own = context.topology().current();
        if (over || asking != null || own.nodeName() == null || own.zone() != null) {
            return;
        }
        ApiResource node = ApiResource.node(own.nodeName());
        asking = new ListAttempt<>(client, node, new NodeReader(), loop, this);
        asking.start(node.listAny());
    }

    @Override
    public void listed(String version, List<NodeView> nodes) {
        over = true;
        String own = context.topology().current().nodeName();
        nodes.stream()
                .filter(node -> node.name().equals(own) && node.zone() != null)
                .findFirst()
                .ifPresentOrElse(
                        node -> {
                            log.info("our node {} is in zone {}", own, Printable.of(String.valueOf(node.zone())));
                            context.topology().learn(Topology.of(own, node.zone()));
                        },
                        () -> log.debug("our node {} has no zone", own));
    }

    @Override
    public void listFailed(ApiFailure failure) {
        asking = null;
        if (failure.lasting()) {
            over = true;
            log.debug("the zone of our node is not known: {}", failure.reason());
        } else {
            next = loop.after(waits.after(failure), this::ask);
        }
    }
}
