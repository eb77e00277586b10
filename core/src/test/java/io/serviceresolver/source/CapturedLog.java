package io.serviceresolver.source;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.function.Predicate;
import org.slf4j.LoggerFactory;

/** The lines that one class logs, at INFO and above, until closed. */
public final class CapturedLog implements AutoCloseable {

    private final Logger logger;
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    public CapturedLog(Class<?> type) {
        this.logger = (Logger) LoggerFactory.getLogger(type);
        lines.start();
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        logger.addAppender(lines);
    }

    /** Those of this level. */
    public List<String> at(Level level) {
        return texts(line -> line.getLevel().equals(level));
    }

    /** Those of this level, and above. */
    public List<String> from(Level level) {
        return texts(line -> line.getLevel().isGreaterOrEqual(level));
    }

    private List<String> texts(Predicate<ILoggingEvent> which) {
        return lines.list.stream()
                .filter(which)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Override
    public void close() {
        logger.detachAppender(lines);
        logger.setAdditive(true);
        logger.setLevel(null);
    }
}
