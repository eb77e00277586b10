package io.serviceresolver.k8s;

import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.source.SourceAnswer;
import io.serviceresolver.source.SourceAnswer.Absent;
import io.serviceresolver.source.SourceAnswer.Refused;
import io.serviceresolver.source.SourceAnswer.Unavailable;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One Service that is not called by its Pods: what it says, and what that leads to, kept current. Used by the scheduler's
 * thread.
 */
final class RoutedFeed implements Feed {

    private final ServiceName service;
    private final WatchOptions options;
    private final Pace pace;
    private final Followed<ServiceView> view;
    private final Surroundings around;
    private final Audience audience = new Audience(this::answer);

    RoutedFeed(ServiceName service, FeedScope scope) {
        this.service = service;
        this.options = scope.options();
        this.pace = new Pace(scope.loop(), this::tellAll);
        this.view = new Followed<>(
                service,
                ApiResource.service(service),
                new ServiceReader(service),
                ServiceView::name,
                scope,
                pace::request);
        this.around = new Surroundings(service, scope, pace::request);
    }

    @Override
    public void start() {
        view.ask();
    }

    @Override
    public void add(FeedSubscription subscription) {
        audience.add(subscription);
    }

    @Override
    public boolean remove(FeedSubscription subscription) {
        return audience.remove(subscription);
    }

    @Override
    public void close() {
        audience.close();
        pace.close();
        view.close();
        around.close();
    }

    private boolean tellAll() {
        boolean told = audience.tellAll();
        around.answered();
        return told;
    }

    private @Nullable SourceAnswer answer(FeedSubscription subscription) {
        Knowledge<Collection<ServiceView>> knowledge = view.ask();
        if (knowledge instanceof Knowledge.Lost<Collection<ServiceView>> lost) {
            return new Unavailable(lost.reason());
        }
        if (!(knowledge instanceof Knowledge.Known<Collection<ServiceView>> known)) {
            return null;
        }
        Optional<ServiceView> own = known.value().stream().findFirst();
        if (own.isEmpty()) {
            return new Absent("there is no Service " + service.qualified());
        }
        return answer(subscription, own.get());
    }

    private @Nullable SourceAnswer answer(FeedSubscription subscription, ServiceView own) {
        AccessOptions access = options.access();
        Optional<String> refusal =
                own.isExternalName() ? Optional.empty() : access.families().refusal(own);
        if (refusal.isPresent()) {
            return new Refused(refusal.get());
        }
        RouteAnswer answer =
                ServiceRoute.of(access.route(), own).answer(service.withPort(subscription.port()), own, around);
        return RouteAnswers.told(answer, own, subscription);
    }
}
