package io.serviceresolver.http;

import java.net.http.HttpResponse.BodySubscriber;

/** The time for a body that is none of a Pod's. */
final class TimedBody implements BodyEnd {

    /** Written by the thread that read the head. */
    private volatile Deadline deadline = Deadline.NONE;

    private TimedBody() {}

    /** Another subscriber, whose body fails when time is over. */
    static <T> BodySubscriber<T> of(BodySubscriber<T> subscriber, CallTime time) {
        TimedBody end = new TimedBody();
        CountedBody<T> body = new CountedBody<>(subscriber, end);
        end.deadline = time.deadline(body::fail);
        return body;
    }

    @Override
    public void bodyCompleted() {
        deadline.cancel();
    }

    @Override
    public void bodyFailed(Throwable failure) {
        deadline.cancel();
    }

    @Override
    public void cancelled() {
        deadline.cancel();
    }

    @Override
    public void callersFault() {
        deadline.cancel();
    }
}
