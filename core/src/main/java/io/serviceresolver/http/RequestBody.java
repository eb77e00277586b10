package io.serviceresolver.http;

import java.net.http.HttpRequest.BodyPublisher;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The body of a request, over all its attempts. */
final class RequestBody {

    /** What {@code ofByteArray}, {@code ofString} and {@code ofFile} of the JDK make: as good for each who subscribes. */
    private static final Set<String> REPEATABLE = Set.of(
            "jdk.internal.net.http.RequestPublishers$ByteArrayPublisher",
            "jdk.internal.net.http.RequestPublishers$StringPublisher",
            "jdk.internal.net.http.RequestPublishers$FilePublisher");

    private final @Nullable BodyPublisher publisher;

    /** Whether an attempt has begun to send it. Written by the thread that did. */
    private volatile boolean subscribed;

    /**
     * A body that was not sent yet.
     *
     * @param publisher the caller's, or null: nothing is sent
     */
    RequestBody(@Nullable BodyPublisher publisher) {
        // The client does not subscribe to what is empty.
        BodyPublisher sent = publisher == null || publisher.contentLength() == 0 ? null : publisher;
        this.publisher = sent == null || isOfTheJdk(sent) ? sent : new KeptBody(sent);
    }

    private static boolean isOfTheJdk(BodyPublisher publisher) {
        return REPEATABLE.contains(publisher.getClass().getName());
    }

    @Nullable
    BodyPublisher publisher() {
        return publisher;
    }

    void subscribed() {
        subscribed = true;
    }

    /** Whether it can be sent, perhaps once more. What an unknown publisher does for a second subscriber is unknown. */
    boolean canBeSent() {
        return !subscribed || isRepeatable() || (publisher instanceof KeptBody body && body.isKept());
    }

    /** Whether it can be sent any number of times, also while it is being sent. */
    boolean isRepeatable() {
        return publisher == null || isOfTheJdk(publisher);
    }
}
