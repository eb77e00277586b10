package io.serviceresolver;

import static io.serviceresolver.Pods.pods;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.source.CapturedLog;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is said where nobody tells how calls end. */
class SilentCallersTest extends EngineTest {

    private final CapturedLog log = new CapturedLog(SilentCallers.class);
    private final ServiceHandle skippy = follow("skippy");

    @AfterEach
    void close() {
        log.close();
    }

    private List<String> linesAfter(long silent) {
        say(() -> source.found(pods(3)));
        for (long i = 0; i < silent; i++) {
            skippy.acquire().close();
        }
        time.advance(IDLE);
        return log.at(Level.WARN);
    }

    @Test
    void itIsSaidOnceForAService() {
        assertThat(linesAfter(SilentCallers.MANY))
                .containsExactly("skippy.shield: how calls end is not told (expected: Lease.success and Lease.failure"
                        + " before Lease.close, or ServiceHandle.call): of 1000 calls none was, so an endpoint that"
                        + " fails is not left alone; this is said once");
        assertThat(linesAfter(SilentCallers.MANY)).hasSize(1);
    }

    @Test
    void aFewCallsMeanNothing() {
        assertThat(linesAfter(SilentCallers.MANY - 1)).isEmpty();
    }

    @Test
    void whoTellsOfOneCallCanTell() {
        say(() -> source.found(pods(3)));
        skippy.acquire().failure(new IOException("reset"));
        assertThat(linesAfter(SilentCallers.MANY)).isEmpty();
    }

    @Test
    void whoTellsOfCallsThatGoWellOnlyIsNotSilent() {
        say(() -> source.found(pods(3)));
        skippy.acquire().success();
        assertThat(linesAfter(SilentCallers.MANY)).isEmpty();
    }

    @Test
    void toLoseInterestIsNoWord() {
        say(() -> source.found(pods(3)));
        skippy.acquire().complete(Outcome.CANCELLED);
        assertThat(linesAfter(SilentCallers.MANY)).hasSize(1);
    }
}
