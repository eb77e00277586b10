package io.serviceresolver.http;

import io.serviceresolver.ServiceResolver;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.http.HttpClient;
import org.jspecify.annotations.Nullable;

/** For what takes a builder of clients, and no client: a builder whose clients are {@link ServiceHttpClient}s. */
public final class ServiceHttpClientBuilder {

    private final HttpClient.Builder builder;
    private final ServiceResolver resolver;
    private final ServiceHttpOptions options;

    private ServiceHttpClientBuilder(HttpClient.Builder builder, ServiceResolver resolver, ServiceHttpOptions options) {
        this.builder = builder;
        this.resolver = resolver;
        this.options = options;
    }

    /**
     * Wraps each client that is built, as {@link ServiceHttpClient#wrap(HttpClient, ServiceResolver, ServiceHttpOptions)} does.
     *
     * @param builder builds the clients to wrap, and is given all settings, whichever the running JDK has
     * @param resolver picks the endpoints; to be closed by its owner, after the clients
     * @param options of each client
     * @return a builder to use in its place; as all of them not thread-safe
     */
    public static HttpClient.Builder wrap(
            HttpClient.Builder builder, ServiceResolver resolver, ServiceHttpOptions options) {
        ServiceHttpClientBuilder wrapping = new ServiceHttpClientBuilder(builder, resolver, options);
        return (HttpClient.Builder) Proxy.newProxyInstance(
                ServiceHttpClientBuilder.class.getClassLoader(),
                new Class<?>[] {HttpClient.Builder.class},
                wrapping::invoke);
    }

    private @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        Object result;
        try {
            result = method.invoke(builder, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
        if (result instanceof HttpClient client) {
            return ServiceHttpClient.wrap(client, resolver, options);
        }
        return result == builder ? proxy : result;
    }
}
