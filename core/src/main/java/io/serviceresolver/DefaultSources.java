package io.serviceresolver;

import io.serviceresolver.source.EndpointSource;
import io.serviceresolver.source.EndpointSourceProvider;
import io.serviceresolver.source.EnvironmentSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sources of a resolver for which none were chosen: what the class path offers, and the environment last. */
final class DefaultSources {

    private static final Logger log = LoggerFactory.getLogger(DefaultSources.class);

    private DefaultSources() {}

    static List<EndpointSource> find() {
        List<EndpointSource> sources = new ArrayList<>();
        providers().forEach(provider -> provider.create().ifPresent(sources::add));
        sources.add(EnvironmentSource.system());
        log.info("sources: {}", sources.stream().map(EndpointSource::name).toList());
        return sources;
    }

    private static List<EndpointSourceProvider> providers() {
        try {
            return ServiceLoader.load(EndpointSourceProvider.class, EndpointSourceProvider.class.getClassLoader())
                    .stream()
                    .map(ServiceLoader.Provider::get)
                    .sorted(Comparator.comparingInt(EndpointSourceProvider::order))
                    .toList();
        } catch (ServiceConfigurationError e) {
            throw new IllegalStateException("a source on the class path cannot be loaded: " + e.getMessage(), e);
        }
    }
}
