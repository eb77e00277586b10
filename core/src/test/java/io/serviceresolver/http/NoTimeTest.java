package io.serviceresolver.http;

import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.call.Outcome;
import io.serviceresolver.call.RetryPolicy;
import io.serviceresolver.testkit.VirtualTime;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls for which nothing was left of their time when they were to be sent, as after a pause of the process. */
class NoTimeTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final VirtualTime time = new VirtualTime();

    /** Of a Pod it says nothing that it could not be reached in no time. */
    @ParameterizedTest
    @EnumSource
    void holdsAgainstNoPodThatTimeWasOverBeforeItWasCalled(Way way) throws Exception {
        ServiceHttpOptions options = ServiceHttpOptions.defaults()
                .callTimeout(SECOND)
                .idempotent(request -> {
                    time.advance(SECOND);
                    return false;
                });
        try (SilentHost host = new SilentHost("127.0.1.10");
                Skippy skippy = new Skippy(time, options, RetryPolicy.standard(), host.endpoint())) {
            assertThatThrownBy(() -> way.call(skippy.client, Skippy.get(), ofString()))
                    .isInstanceOf(HttpTimeoutException.class);
            skippy.awaitEnded(Outcome.CANCELLED);
        }
    }
}
