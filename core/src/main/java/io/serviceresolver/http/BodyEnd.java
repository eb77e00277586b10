package io.serviceresolver.http;

/** Hears how a body ends. What comes first counts. */
interface BodyEnd {

    void bodyCompleted();

    /** It broke. */
    void bodyFailed(Throwable failure);

    /** The caller wants no more of it. */
    void cancelled();

    /** The caller's own code failed. */
    void callersFault();
}
