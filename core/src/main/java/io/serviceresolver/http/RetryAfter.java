package io.serviceresolver.http;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/** How long a server asks to be left alone (RFC 9110, section 10.2.3). */
final class RetryAfter {

    /** Longer ones are all the same, and might not fit a number. */
    private static final Duration LONGEST = Duration.ofDays(365);

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");

    private RetryAfter() {}

    /**
     * Reads the header. A date counts from the server's own {@code Date}, as its clock may differ from ours.
     *
     * @param headers those of the answer
     * @return zero where it does not ask, or what it says cannot be understood
     */
    static Duration of(HttpHeaders headers) {
        String value = headers.firstValue("Retry-After").orElse("").strip();
        if (DIGITS.matcher(value).matches()) {
            return SECONDS.matcher(value).matches() ? limited(Duration.ofSeconds(Integer.parseInt(value))) : LONGEST;
        }
        try {
            Duration wait = Duration.between(date(headers.firstValue("Date").orElse("")), date(value));
            return limited(wait);
        } catch (DateTimeException e) {
            return Duration.ZERO;
        }
    }

    private static Instant date(String value) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.parse(value.strip(), Instant::from);
    }

    private static Duration limited(Duration wait) {
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }
}
