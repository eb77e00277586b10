package io.serviceresolver.grpc;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.serviceresolver.endpoint.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A Pod: a real server of gRPC-Java, at an address of the loopback. It answers {@code who} with its address, {@code authority} with the
 * name that was called, {@code fail CODE} with that status, and {@code never} not at all.
 */
final class GrpcPod implements AutoCloseable {

    private static final Context.Key<String> AUTHORITY = Context.key("authority");

    private final String address;
    private final Server server;
    private final int port;

    /** How many calls came. */
    final AtomicInteger calls = new AtomicInteger();

    /** What is taken for the question, whatever it is; empty: it is the question. Written by the test. */
    private volatile String asked = "";

    /** Those that get no answer. */
    final Queue<StreamObserver<String>> unanswered = new ConcurrentLinkedQueue<>();

    /**
     * Starts it.
     *
     * @param address where it listens
     * @param port 0 for one that is free
     */
    GrpcPod(String address, int port) {
        this.address = address;
        this.server = start(NettyServerBuilder.forAddress(new InetSocketAddress(address, port)));
        this.port = server.getPort();
    }

    private Server start(NettyServerBuilder builder) {
        try {
            // Nothing here blocks, so that there is no need for another thread.
            Executor direct = Runnable::run;
            return builder.executor(direct)
                    .intercept(new Named())
                    .addService(ServerServiceDefinition.builder(Echo.SERVICE)
                            .addMethod(Echo.ASK, ServerCalls.asyncUnaryCall(this::answerOne))
                            .addMethod(Echo.TALK, ServerCalls.asyncBidiStreamingCall(this::answerMany))
                            .build())
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Has the handlers know the name that was called. */
    private static final class Named implements ServerInterceptor {

        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            Context named = Context.current().withValue(AUTHORITY, String.valueOf(call.getAuthority()));
            return Contexts.interceptCall(named, call, headers, next);
        }
    }

    private void answerOne(String said, StreamObserver<String> caller) {
        calls.incrementAndGet();
        String question = asked.isEmpty() ? said : asked;
        if (question.equals("never")) {
            // Of a cancelled call gRPC tells by an exception, unless somebody listens for that.
            ((ServerCallStreamObserver<String>) caller).setOnCancelHandler(() -> unanswered.remove(caller));
            unanswered.add(caller);
        } else if (question.startsWith("fail ")) {
            Status.Code code = Status.Code.valueOf(question.substring("fail ".length()));
            caller.onError(Status.fromCode(code).asException());
        } else {
            caller.onNext(answer(question));
            caller.onCompleted();
        }
    }

    private StreamObserver<String> answerMany(StreamObserver<String> caller) {
        calls.incrementAndGet();
        return new StreamObserver<>() {
            @Override
            public void onNext(String question) {
                caller.onNext(answer(question));
            }

            @Override
            public void onError(Throwable failure) {}

            @Override
            public void onCompleted() {
                caller.onCompleted();
            }
        };
    }

    private String answer(String question) {
        @Nullable String authority = AUTHORITY.get();
        return question.equals("authority") ? String.valueOf(authority) : address;
    }

    String address() {
        return address;
    }

    int port() {
        return port;
    }

    Endpoint endpoint() {
        return Endpoint.builder(address, port()).uid("uid-" + address).build();
    }

    /** From now on it takes every question for this one. */
    void takeAllFor(String question) {
        asked = question;
    }

    /** What happens at SIGTERM: it takes no new calls, and ends when those that have begun have ended. */
    void terminate() {
        server.shutdown();
    }

    boolean isGone() {
        return server.isTerminated();
    }

    @Override
    public void close() {
        try {
            server.shutdownNow().awaitTermination(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
