package io.serviceresolver.k8s;

import io.serviceresolver.endpoint.InternalTrafficPolicy;
import io.serviceresolver.endpoint.PodLabels;
import io.serviceresolver.endpoint.ServiceTraits;
import io.serviceresolver.source.SourceAnswer;
import org.jspecify.annotations.Nullable;

/** Makes of what a route answers what a listener is told. */
final class RouteAnswers {

    private static final PodLabels NO_PODS =
            PodLabels.unknown("the Service is not called by its Pods (expected: Route.POD, and no ExternalName)");

    private RouteAnswers() {}

    /** What to tell; nothing while something is waited for. */
    static @Nullable SourceAnswer told(RouteAnswer answer, ServiceView service, FeedSubscription subscription) {
        if (answer instanceof RouteAnswer.Refused refused) {
            return new SourceAnswer.Refused(refused.reason());
        }
        if (answer instanceof RouteAnswer.Unavailable unavailable) {
            return new SourceAnswer.Unavailable(unavailable.reason());
        }
        if (!(answer instanceof RouteAnswer.Endpoints found)) {
            return null;
        }
        return subscription.found(found.endpoints(), traits(service));
    }

    /** On these ways kube-proxy minds the internal traffic policy, or it does not apply. */
    private static ServiceTraits traits(ServiceView service) {
        return new ServiceTraits(InternalTrafficPolicy.CLUSTER, service.traits().sessionAffinity(), NO_PODS);
    }
}
