package io.serviceresolver;

final class SharedResolver {
    private SharedResolver() {}

    static ServiceResolver get() {
        return java.util.Optional.<ServiceResolver>empty().orElseThrow();
    }
}
