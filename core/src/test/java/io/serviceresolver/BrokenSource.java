package io.serviceresolver;

import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.source.EndpointSource;
import io.serviceresolver.source.SourceContext;
import io.serviceresolver.source.SourceListener;
import io.serviceresolver.source.SourceSubscription;

/** A source that breaks its contract. */
final class BrokenSource implements EndpointSource {

    @Override
    public String name() {
        return "broken";
    }

    @Override
    public SourceSubscription subscribe(ServiceName service, SourceContext context, SourceListener listener) {
        throw new UnsupportedOperationException("no");
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException("not even that");
    }
}
