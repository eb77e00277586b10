package io.serviceresolver.dns;

import io.serviceresolver.source.SourceContext;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;

/**
 * One question put to one server: over UDP, and over TCP where the answer says that it is truncated. Each of the two
 * has the time of one try. Belongs to the thread of the scheduler.
 */
final class Attempt {

    private final DnsIo io;
    private final SourceContext context;
    private final Duration timeout;
    private final InetSocketAddress server;
    private final Query query;
    private final Result result;

    private boolean done;
    private @Nullable Exchange exchange;
    private @Nullable Future<?> timer;

    /** Takes what comes of the attempt: one call at most. */
    interface Result {

        /** A complete reply of code NOERROR or NXDOMAIN. */
        void onReply(Attempt attempt, Message reply);

        /** Nothing usable; the reason names the server. */
        void onFailure(Attempt attempt, String reason);
    }

    Attempt(DnsIo io, SourceContext context, Duration timeout, InetSocketAddress server, Query query, Result result) {
        this.io = io;
        this.context = context;
        this.timeout = timeout;
        this.server = server;
        this.query = query;
        this.result = result;
    }

    void start() {
        run(new UdpExchange(server, query, new Postman(this::onUdp)));
    }

    InetSocketAddress server() {
        return server;
    }

    void cancel() {
        done = true;
        stop();
    }

    private void stop() {
        if (exchange != null) {
            exchange.cancel();
        }
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private void run(Exchange next) {
        exchange = next;
        timer = context.scheduler().schedule(() -> onSilence(next), timeout.toNanos(), TimeUnit.NANOSECONDS);
        io.start(next);
    }

    private void onUdp(Message reply) {
        if (Query.isTruncated(reply)) {
            stop();
            run(new TcpExchange(server, query, new Postman(this::onTcp)));
        } else {
            onComplete(reply);
        }
    }

    private void onTcp(Message reply) {
        if (Query.isTruncated(reply)) {
            fail("an answer truncated even over TCP from " + describe(server));
        } else {
            onComplete(reply);
        }
    }

    private void onComplete(Message reply) {
        int rcode = reply.getRcode();
        if (rcode == Rcode.NOERROR || rcode == Rcode.NXDOMAIN) {
            cancel();
            result.onReply(this, reply);
        } else {
            fail(Rcode.string(rcode) + " from " + describe(server));
        }
    }

    private void onSilence(Exchange silent) {
        String over = silent instanceof TcpExchange ? " over TCP" : "";
        fail("no answer from " + describe(server) + over + " within " + timeout.toMillis() + " ms");
    }

    private void fail(String reason) {
        String ignored = exchange == null ? "" : exchange.ignored();
        cancel();
        result.onFailure(this, reason + ignored);
    }

    static String describe(InetSocketAddress server) {
        String address = server.getAddress().getHostAddress();
        return (address.indexOf(':') < 0 ? address : "[" + address + "]") + ":" + server.getPort();
    }

    /** Brings what the thread of the packets has to say to the thread of the scheduler. */
    private final class Postman implements Exchange.Listener {

        private final Consumer<Message> onReply;

        private Postman(Consumer<Message> onReply) {
            this.onReply = onReply;
        }

        @Override
        public void onReply(Message reply) {
            post(() -> onReply.accept(reply));
        }

        @Override
        public void onFailure(String reason) {
            post(() -> fail(describe(server) + ": " + reason));
        }

        private void post(Runnable news) {
            try {
                context.scheduler().execute(() -> {
                    if (!done) {
                        news.run();
                    }
                });
            } catch (RejectedExecutionException e) {
                // The owner of the scheduler has shut it down: nobody waits for the news.
                return;
            }
        }
    }
}
