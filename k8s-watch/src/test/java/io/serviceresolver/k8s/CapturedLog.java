package io.serviceresolver.k8s;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What a class logs while this is open. */
final class CapturedLog implements AutoCloseable {

    private final Logger log;
    private final ListAppender<ILoggingEvent> said = new ListAppender<>();

    private CapturedLog(Logger log) {
        this.log = log;
        said.start();
        log.addAppender(said);
    }

    static CapturedLog of(Class<?> type) {
        return new CapturedLog((Logger) LoggerFactory.getLogger(type));
    }

    List<String> warnings() {
        return lines(Level.WARN);
    }

    List<String> errors() {
        return lines(Level.ERROR);
    }

    private List<String> lines(Level level) {
        return said.list.stream()
                .filter(event -> event.getLevel() == level)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Override
    public void close() {
        log.detachAppender(said);
    }
}
