package io.serviceresolver.grpc;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A stream of questions, and of answers to them. */
final class Talk implements StreamObserver<String> {

    private static final long PATIENCE_SECONDS = 30;

    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final CompletableFuture<Status> end = new CompletableFuture<>();
    private final StreamObserver<String> questions;

    Talk(Channel channel) {
        questions = ClientCalls.asyncBidiStreamingCall(channel.newCall(Echo.TALK, CallOptions.DEFAULT), this);
    }

    /** Asks, and waits for the answer. */
    String ask(String question) throws InterruptedException {
        questions.onNext(question);
        return String.valueOf(answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    /** Ends it, and waits for the other side to do so. */
    Status end() {
        questions.onCompleted();
        return end.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    @Override
    public void onNext(String answer) {
        answers.add(answer);
    }

    @Override
    public void onError(Throwable failure) {
        end.complete(Status.fromThrowable(failure));
    }

    @Override
    public void onCompleted() {
        end.complete(Status.OK);
    }
}
