package io.serviceresolver.source;

import io.serviceresolver.endpoint.EndpointSet;

/** What a source knows of a service: one of four things, never a part of a set, never null. */
public sealed interface SourceAnswer {

    /**
     * The service exists, and these are all its endpoints, whatever their conditions; there may be none.
     *
     * @param endpoints the complete set
     */
    record Found(EndpointSet endpoints) implements SourceAnswer {}

    /**
     * The source is sure that the service does not exist. What was known of it before no longer holds.
     *
     * @param reason how the source knows, for an error message: {@code NXDOMAIN}
     */
    record Absent(String reason) implements SourceAnswer {}

    /**
     * The source cannot tell. What it said before goes on holding, for want of better.
     *
     * @param reason why not, and what to do about it, for an error message and the log: one line, no secrets
     * @param outlook whether anybody is to wait for another answer
     */
    record Unavailable(String reason, Outlook outlook) implements SourceAnswer {

        /**
         * It cannot tell for now.
         *
         * @param reason why not, as above
         */
        public Unavailable(String reason) {
            this(reason, Outlook.MAY_CHANGE);
        }

        /**
         * It cannot tell, and never will.
         *
         * @param reason why not, as above
         * @return the answer
         */
        public static Unavailable forGood(String reason) {
            return new Unavailable(reason, Outlook.FINAL);
        }

        /** What is to be expected of a source that cannot tell. */
        public enum Outlook {
            /** It goes on trying. */
            MAY_CHANGE,
            /** Nothing that may happen would change it: there is nothing to wait for. */
            FINAL
        }
    }

    /**
     * The service exists, but what is asked of it cannot be: it has no such port, several and none was named, not the
     * families asked for. No other source is asked instead, for it could only guess. What was known of it before no longer
     * holds.
     *
     * @param reason what is wrong, in the form {@code name: value (expected: ...)}: one line
     */
    record Refused(String reason) implements SourceAnswer {}
}
