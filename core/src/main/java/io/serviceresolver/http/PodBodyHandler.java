package io.serviceresolver.http;

import io.serviceresolver.endpoint.Endpoint;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;

/** A body handler of ours that goes by which Pod answered. */
interface PodBodyHandler<T> extends BodyHandler<T> {

    /** As {@link #apply(ResponseInfo)}, for the answer of a Pod. */
    BodySubscriber<T> apply(ResponseInfo head, Endpoint pod);

    /** Has any handler handle the answer of a Pod. */
    static <T> BodySubscriber<T> apply(BodyHandler<T> handler, ResponseInfo head, Endpoint pod) {
        return handler instanceof PodBodyHandler<T> ours ? ours.apply(head, pod) : handler.apply(head);
    }
}
