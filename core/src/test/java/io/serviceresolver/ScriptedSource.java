package io.serviceresolver;

import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.EndpointSet;
import io.serviceresolver.endpoint.PodSelection;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.endpoint.ServiceTraits;
import io.serviceresolver.endpoint.Target;
import io.serviceresolver.source.EndpointSource;
import io.serviceresolver.source.KnownEndpoint;
import io.serviceresolver.source.SourceAnswer;
import io.serviceresolver.source.SourceContext;
import io.serviceresolver.source.SourceListener;
import io.serviceresolver.source.SourceSubscription;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A source that says what a test tells it to, when it tells it to. */
final class ScriptedSource implements EndpointSource {

    private final String name;
    private final Map<String, SourceListener> open = new LinkedHashMap<>();
    final List<String> log = new ArrayList<>();

    /** For which targets it was asked to find out the labels of Pods. */
    final List<Target> labels = new ArrayList<>();

    private EndpointSet set = EndpointSet.EMPTY;
    private boolean selectsPods;
    private long requests;

    /** What it knows, and what it is told anew, for a test to set. */
    List<KnownEndpoint> known = List.of();

    @Nullable
    CompletableFuture<EndpointSet> fetched;

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

    /** From now on Pods can be selected by their labels. */
    ScriptedSource selectsPods() {
        selectsPods = true;
        return this;
    }

    @Override
    public SourceSubscription subscribe(ServiceName service, SourceContext context, SourceListener listener) {
        return open(service, listener);
    }

    @Override
    public SourceSubscription subscribe(PodSelection pods, SourceContext context, SourceListener listener) {
        return selectsPods ? open(pods, listener) : EndpointSource.super.subscribe(pods, context, listener);
    }

    private synchronized SourceSubscription open(Target target, SourceListener listener) {
        log.add("open " + target);
        requests++;
        open.put(target.toString(), listener);
        notifyAll();
        return new Scripted(target, listener);
    }

    private synchronized void closed(Target target, SourceListener listener) {
        if (open.remove(target.toString(), listener)) {
            log.add("close " + target);
        }
    }

    @Override
    public synchronized long requests() {
        return requests;
    }

    /** One subscription. */
    private final class Scripted implements SourceSubscription {

        private final Target target;
        private final SourceListener listener;

        Scripted(Target target, SourceListener listener) {
            this.target = target;
            this.listener = listener;
        }

        @Override
        public void requirePodLabels() {
            labels.add(target);
        }

        @Override
        public List<KnownEndpoint> explain() {
            return known;
        }

        @Override
        public CompletableFuture<EndpointSet> fetch() {
            requests++;
            return fetched == null ? SourceSubscription.super.fetch() : fetched;
        }

        @Override
        public void close() {
            closed(target, listener);
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
