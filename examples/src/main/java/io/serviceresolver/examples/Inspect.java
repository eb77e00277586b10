package io.serviceresolver.examples;

import io.serviceresolver.Drift;
import io.serviceresolver.NoEndpointsException;
import io.serviceresolver.ServiceHandle;
import io.serviceresolver.ServiceResolver;
import io.serviceresolver.ServiceResolverBuilder;
import io.serviceresolver.endpoint.ClusterContext;
import io.serviceresolver.k8s.EndpointSliceSource;
import io.serviceresolver.k8s.Route;
import io.serviceresolver.source.Subscription;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks at a service as the library sees it, from a terminal: follows it live, explains which of its endpoints are chosen,
 * or compares what is in use with what the API server says when it is asked anew.
 */
public final class Inspect {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(40);
    private static final long STATE_MILLIS = 200;

    private static final int FOUND = 0;
    private static final int NOT_FOUND = 1;
    private static final int WRONG_ARGUMENTS = 2;

    private final Console console;
    private final InspectArguments arguments;

    private Inspect(Console console, InspectArguments arguments) {
        this.console = console;
        this.arguments = arguments;
    }

    /**
     * Runs a command and ends the process: with 0 if all is well, 1 if nothing can be picked, something drifted or the
     * question could not be answered, 2 if the arguments are wrong.
     *
     * @param words as {@link InspectArguments#USAGE} says
     */
    public static void main(String[] words) {
        JvmSettings.apply();
        System.exit(run(Console.system(), new CountDownLatch(1), words));
    }

    /**
     * Runs a command.
     *
     * @param stop ends {@code watch} when it is counted down
     * @return the exit code
     */
    static int run(Console console, CountDownLatch stop, String... words) {
        InspectArguments arguments;
        try {
            arguments = InspectArguments.parse(words);
        } catch (IllegalArgumentException e) {
            console.line("inspect: %s", e.getMessage());
            console.line("%s", InspectArguments.USAGE);
            return WRONG_ARGUMENTS;
        }
        try (ServiceResolver resolver = resolver(arguments)) {
            return new Inspect(console, arguments).run(resolver, stop);
        } catch (IllegalArgumentException e) {
            console.line("inspect: %s", e.getMessage());
            return WRONG_ARGUMENTS;
        } catch (IllegalStateException e) {
            console.line("inspect: %s", e.getMessage());
            return NOT_FOUND;
        }
    }

    private static ServiceResolver resolver(InspectArguments arguments) {
        ServiceResolverBuilder builder =
                ServiceResolver.builder().idleTimeout(Duration.ofDays(1)).firstAnswerTimeout(PATIENCE);
        // What a Pod of the cluster would see, from wherever it is asked.
        arguments
                .kubeconfig()
                .map(file -> EndpointSliceSource.builder()
                        .kubeconfig(file)
                        .route(Route.POD)
                        .build())
                .ifPresent(builder::source);
        arguments
                .namespace()
                .map(namespace -> new ClusterContext(namespace, ClusterContext.DEFAULT_DOMAIN))
                .ifPresent(builder::cluster);
        return builder.build();
    }

    private int run(ServiceResolver resolver, CountDownLatch stop) {
        ServiceHandle service = resolver.service(arguments.service());
        return switch (arguments.command()) {
            case WATCH -> watch(service, stop);
            case EXPLAIN -> explain(service);
            case DRIFT -> drift(service);
        };
    }

    private int explain(ServiceHandle service) {
        boolean ready = isReady(service);
        console.line("%s", arguments.form().of(answer(service.explain())));
        return ready ? FOUND : NOT_FOUND;
    }

    private int drift(ServiceHandle service) {
        if (!isReady(service)) {
            console.line("inspect: %s", service.state().detail());
            return NOT_FOUND;
        }
        Drift drift = answer(service.drift());
        console.line("%s", drift.text());
        return drift.isNone() ? FOUND : NOT_FOUND;
    }

    private static boolean isReady(ServiceHandle service) {
        try {
            service.resolve();
            return true;
        } catch (NoEndpointsException e) {
            return false;
        }
    }

    private static <T> T answer(CompletableFuture<T> question) {
        try {
            return question.get(ANSWER.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw new IllegalStateException(cause == null ? e.toString() : cause.getMessage(), e);
        } catch (TimeoutException e) {
            throw new IllegalStateException("no answer in " + ANSWER.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Follows the service until it is stopped; the process ends it by Ctrl-C. */
    private int watch(ServiceHandle service, CountDownLatch stop) {
        ChangePrinter printer = new ChangePrinter(console, service);
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(DemoThreads.named("inspect"));
        timer.scheduleWithFixedDelay(printer::state, 0, STATE_MILLIS, TimeUnit.MILLISECONDS);
        Subscription printing = service.addListener(printer::endpoints);
        try {
            stop.await();
            return FOUND;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return NOT_FOUND;
        } finally {
            printing.close();
            timer.shutdownNow();
        }
    }
}
