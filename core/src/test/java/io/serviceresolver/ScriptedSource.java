package io.serviceresolver;

import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.EndpointSet;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.endpoint.ServiceTraits;
import io.serviceresolver.source.EndpointSource;
import io.serviceresolver.source.SourceAnswer;
import io.serviceresolver.source.SourceContext;
import io.serviceresolver.source.SourceListener;
import io.serviceresolver.source.SourceSubscription;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A source that says what a test tells it to, when it tells it to. */
final class ScriptedSource implements EndpointSource {

    private final String name;
    private final Map<String, SourceListener> open = new LinkedHashMap<>();
    final List<String> log = new ArrayList<>();
    private EndpointSet set = EndpointSet.EMPTY;

    ScriptedSource(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Origin origin() {
        return Origin.LOCAL;
    }

    @Override
    public synchronized SourceSubscription subscribe(
            ServiceName service, SourceContext context, SourceListener listener) {
        log.add("open " + service);
        open.put(service.toString(), listener);
        notifyAll();
        return () -> closed(service, listener);
    }

    private synchronized void closed(ServiceName service, SourceListener listener) {
        if (open.remove(service.toString(), listener)) {
            log.add("close " + service);
        }
    }

    synchronized boolean isAsked() {
        return !open.isEmpty();
    }

    synchronized int subscriptions() {
        return open.size();
    }

    synchronized SourceListener listener() {
        return open.values().iterator().next();
    }

    EndpointSet found(Endpoint... endpoints) {
        return found(ServiceTraits.DEFAULT, endpoints);
    }

    synchronized EndpointSet found(ServiceTraits traits, Endpoint... endpoints) {
        set = set.next(Arrays.asList(endpoints), traits);
        say(new SourceAnswer.Found(set));
        return set;
    }

    void absent(String reason) {
        say(new SourceAnswer.Absent(reason));
    }

    void refused(String reason) {
        say(new SourceAnswer.Refused(reason));
    }

    void unavailable(String reason) {
        say(new SourceAnswer.Unavailable(reason));
    }

    private synchronized void say(SourceAnswer answer) {
        List.copyOf(open.values()).forEach(listener -> listener.onAnswer(answer));
    }

    @Override
    public synchronized void close() {
        log.add("closed");
    }
}
