package io.serviceresolver.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What is kept of a body that is sent. */
class KeptBodyTest {

    private static final byte[] BODY = "a body that is published once".getBytes(UTF_8);

    /** Gives what is left of it. */
    private static BodyPublisher stream(byte[] bytes) {
        ByteArrayInputStream once = new ByteArrayInputStream(bytes);
        return BodyPublishers.ofInputStream(() -> once);
    }

    /** Published at once, with an end that may never come. */
    private static BodyPublisher publisher(byte[] bytes, long announced, Consumer<Subscriber<?>> end) {
        Publisher<ByteBuffer> published = subscriber -> subscriber.onSubscribe(new Subscription() {
            @Override
            public void request(long buffers) {
                subscriber.onNext(ByteBuffer.wrap(bytes));
                end.accept(subscriber);
            }

            @Override
            public void cancel() {
                throw new AssertionError("cancelled");
            }
        });
        return BodyPublishers.fromPublisher(published, announced);
    }

    /** What a client sends, once it has all of it. */
    private static CompletableFuture<byte[]> send(BodyPublisher publisher) {
        BodySubscriber<byte[]> bytes = BodySubscribers.ofByteArray();
        publisher.subscribe(new Subscriber<>() {
            @Override
            public void onSubscribe(Subscription subscription) {
                bytes.onSubscribe(subscription);
            }

            @Override
            public void onNext(ByteBuffer buffer) {
                bytes.onNext(List.of(buffer));
            }

            @Override
            public void onError(Throwable failure) {
                bytes.onError(failure);
            }

            @Override
            public void onComplete() {
                bytes.onComplete();
            }
        });
        return bytes.getBody().toCompletableFuture();
    }

    @Test
    void isSentAsItWasAnyNumberOfTimes() {
        KeptBody body = new KeptBody(stream(BODY));
        assertThat(body.isKept()).isFalse();
        for (int i = 0; i < 3; i++) {
            assertThat(send(body)).isCompletedWithValueMatching(sent -> Arrays.equals(sent, BODY));
            assertThat(body.isKept()).isTrue();
        }
    }

    @Test
    void isNotKeptIfItIsTooLong() {
        KeptBody longest = new KeptBody(stream(new byte[KeptBody.LIMIT]));
        assertThat(send(longest)).isCompletedWithValueMatching(sent -> sent.length == KeptBody.LIMIT);
        assertThat(longest.isKept()).isTrue();
        KeptBody tooLong = new KeptBody(stream(new byte[KeptBody.LIMIT + 1]));
        assertThat(send(tooLong)).isCompletedWithValueMatching(sent -> sent.length == KeptBody.LIMIT + 1);
        assertThat(tooLong.isKept()).isFalse();
    }

    @Test
    void isNotKeptIfItFails() {
        KeptBody body = new KeptBody(
                publisher(BODY, BODY.length + 1, subscriber -> subscriber.onError(new IOException("no more"))));
        assertThat(send(body)).isCompletedExceptionally();
        assertThat(body.isKept()).isFalse();
    }

    @Test
    void isKeptAsSoonAsAllThatWasAnnouncedIsThere() {
        KeptBody half = new KeptBody(publisher(BODY, BODY.length + 1, subscriber -> {}));
        assertThat(send(half)).isNotDone();
        assertThat(half.isKept()).isFalse();
        KeptBody all = new KeptBody(publisher(BODY, BODY.length, subscriber -> {}));
        assertThat(send(all)).isNotDone();
        assertThat(all.isKept()).isTrue();
    }
}
