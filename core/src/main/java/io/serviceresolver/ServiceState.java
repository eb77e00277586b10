package io.serviceresolver;

import java.time.Duration;
import java.util.Optional;

/**
 * How good what a handle knows is.
 *
 * @param status in one word
 * @param source the name of the source that is used, where one is
 * @param age how long ago that source last confirmed what it knows; zero while it is connected to it live
 * @param detail what each source answered, in one line for people
 */
public record ServiceState(Status status, Optional<String> source, Duration age, String detail) {

    /** How good what is known is, in one word. */
    public enum Status {
        /** From the first source, and current. */
        LIVE,
        /** What a source said before it became unavailable: the last known good. */
        STALE,
        /** Current, from a source that is not the first one. */
        FALLBACK,
        /** The sources are sure that there is nothing to pick from. */
        EMPTY,
        /** No source has been able to tell. */
        UNKNOWN
    }
}
