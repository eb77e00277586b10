package io.serviceresolver.dns;

import io.serviceresolver.text.Printable;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Message;

/**
 * One question, asked until a server answers it: the next server is asked at once where one fails, and after a short
 * silence while the one before may still answer; when all have been asked, the first one again. The first records
 * count. That there are none is believed only when no other server is still to answer: of several servers, one may not
 * know the cluster. Belongs to the thread of the scheduler.
 */
final class Lookup implements Attempt.Result {

    private final Inquiry inquiry;
    private final Question question;
    private final List<InetSocketAddress> servers;
    private final CompletableFuture<LookupResult> result = new CompletableFuture<>();
    private final List<Attempt> open = new ArrayList<>();
    private final Set<String> failures = new LinkedHashSet<>();
    private int started;
    private @Nullable Future<?> hedge;
    private @Nullable LookupResult negative;

    Lookup(Inquiry inquiry, Question question, List<InetSocketAddress> servers) {
        this.inquiry = inquiry;
        this.question = question;
        this.servers = servers;
    }

    CompletableFuture<LookupResult> result() {
        return result;
    }

    void startNext() {
        stopHedge();
        DnsSettings settings = inquiry.settings();
        InetSocketAddress server = servers.get(started % servers.size());
        started++;
        Query query = new Query(question, settings.payload());
        Attempt attempt = new Attempt(inquiry.io(), inquiry.context(), settings.queryTimeout(), server, query, this);
        open.add(attempt);
        if (started < settings.tries()) {
            long delay = settings.hedgeDelay().toNanos();
            hedge = inquiry.context().scheduler().schedule(this::startNext, delay, TimeUnit.NANOSECONDS);
        }
        attempt.start();
    }

    @Override
    public void onReply(Attempt attempt, Message reply) {
        LookupResult answer = ReplyReader.read(reply, question, inquiry.domain());
        boolean positive = !(answer instanceof LookupResult.NxDomain || answer instanceof LookupResult.NoData);
        if (positive) {
            inquiry.nameservers().prefer(attempt.server());
        }
        open.remove(attempt);
        if (positive || !othersThan(attempt.server())) {
            finish(answer);
        } else {
            stopHedge();
            negative = answer;
        }
    }

    private boolean othersThan(InetSocketAddress server) {
        return open.stream().anyMatch(attempt -> !attempt.server().equals(server));
    }

    @Override
    public void onFailure(Attempt attempt, String reason) {
        failures.add(reason);
        open.remove(attempt);
        int tries = inquiry.settings().tries();
        if (negative != null) {
            finishNegative(negative);
        } else if (started < Math.min(tries, servers.size())) {
            startNext();
        } else if (started >= tries && open.isEmpty()) {
            fail(String.join(", ", failures));
        }
    }

    private void finishNegative(LookupResult answer) {
        if (open.isEmpty()) {
            finish(answer);
        }
    }

    /** Ends it without an answer. */
    void fail(String reason) {
        finish(new LookupResult.Failed(reason + " (" + Printable.of(question.toString()) + ")"));
    }

    private void finish(LookupResult answer) {
        stopHedge();
        open.forEach(Attempt::cancel);
        open.clear();
        result.complete(answer);
    }

    private void stopHedge() {
        if (hedge != null) {
            hedge.cancel(false);
        }
    }
}
