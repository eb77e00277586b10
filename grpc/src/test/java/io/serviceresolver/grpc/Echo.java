package io.serviceresolver.grpc;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A service of texts: one answer to one question, or one to each of many. */
final class Echo {

    static final String SERVICE = "shield.Echo";
    static final MethodDescriptor<String, String> ASK = method(MethodType.UNARY, "Ask");
    static final MethodDescriptor<String, String> TALK = method(MethodType.BIDI_STREAMING, "Talk");

    private static final long PATIENCE_SECONDS = 30;

    private Echo() {}

    private static MethodDescriptor<String, String> method(MethodType type, String name) {
        return MethodDescriptor.<String, String>newBuilder(new Text(), new Text())
                .setType(type)
                .setFullMethodName(SERVICE + "/" + name)
                .build();
    }

    private static final class Text implements Marshaller<String> {

        @Override
        public InputStream stream(String value) {
            return new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String parse(InputStream stream) {
            try (stream) {
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The answer to a question: fails with what gRPC throws. */
    static CompletableFuture<String> ask(Channel channel, CallOptions options, String question) {
        Answer answer = new Answer();
        ClientCalls.asyncUnaryCall(channel.newCall(ASK, options), question, answer);
        return answer.future;
    }

    static String ask(Channel channel, String question) {
        return ask(channel, CallOptions.DEFAULT, question)
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    /** How a call ended. */
    static Status status(CompletableFuture<String> call) {
        return call.handle((answer, failure) -> failure == null ? Status.OK : Status.fromThrowable(failure))
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    private static final class Answer implements StreamObserver<String> {

        private final CompletableFuture<String> future = new CompletableFuture<>();
        private String value = "";

        @Override
        public void onNext(String answer) {
            value = answer;
        }

        @Override
        public void onError(Throwable failure) {
            future.completeExceptionally(failure);
        }

        @Override
        public void onCompleted() {
            future.complete(value);
        }
    }
}
