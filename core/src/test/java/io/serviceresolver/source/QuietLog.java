package io.serviceresolver.source;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** Keeps what the tests of a class provoke out of the build's output. */
final class QuietLog implements BeforeAllCallback, AfterAllCallback {

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(EnvironmentSource.class);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        logger().setLevel(Level.OFF);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        logger().setLevel(null);
    }
}
