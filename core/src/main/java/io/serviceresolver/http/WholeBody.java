package io.serviceresolver.http;

import java.net.http.HttpResponse.BodySubscriber;
import java.util.Set;

/**
 * Tells the bodies of which nobody sees anything before all of it is there, as nobody's code but the JDK's has to do with
 * them: the end of the exchange tells their end, and where they break they can be asked for again.
 */
final class WholeBody {

    /** What {@code ofString} and {@code ofByteArray}, {@code discarding} and {@code replacing} of the JDK make. */
    private static final Set<String> SUBSCRIBERS = Set.of(
            "jdk.internal.net.http.ResponseSubscribers$ByteArraySubscriber",
            "jdk.internal.net.http.ResponseSubscribers$NullSubscriber");

    private WholeBody() {}

    static boolean isReadBy(BodySubscriber<?> subscriber) {
        return SUBSCRIBERS.contains(subscriber.getClass().getName());
    }
}
