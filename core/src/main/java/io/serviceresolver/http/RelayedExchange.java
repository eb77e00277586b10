package io.serviceresolver.http;

import java.util.concurrent.CompletableFuture;

/** An exchange by way of a relay: fails as one without it would, and is cancelled as that is. */
final class RelayedExchange<R> extends CompletableFuture<R> {

    private final CompletableFuture<R> exchange;

    RelayedExchange(CompletableFuture<R> exchange, PodRelays relays, PodRelay relay) {
        this.exchange = exchange;
        exchange.whenComplete((response, failure) -> {
            relays.end(relay);
            if (failure == null) {
                complete(response);
            } else {
                completeExceptionally(relay.reason(CallFailures.unwrapped(failure)));
            }
        });
    }

    @Override
    public boolean cancel(boolean mayInterrupt) {
        exchange.cancel(mayInterrupt);
        return super.cancel(mayInterrupt);
    }
}
