package io.serviceresolver.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {

    private static final String SEVEN = "Sun, 06 Nov 1994 07:00:00 GMT";

    @ParameterizedTest
    @CsvSource(nullValues = "none", delimiter = '|', textBlock = """
            none                          | PT0S
            ''                            | PT0S
            0                             | PT0S
            120                           | PT2M
            999999999                     | PT8760H
            99999999999999999999999999    | PT8760H
            -5                            | PT0S
            1.5                           | PT0S
            soon                          | PT0S
            Sun, 06 Nov 1994 07:00:30 GMT | PT30S
            Sun, 06 Nov 1994 06:59:30 GMT | PT0S
            Mon, 06 Nov 2023 07:00:00 GMT | PT8760H
            """)
    void readsSecondsAndDates(String value, Duration expected) {
        assertThat(RetryAfter.of(headers(value, SEVEN))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {"none", "yesterday"})
    void cannotTellFromADateWhereTheServerHasNoClock(String date) {
        assertThat(RetryAfter.of(headers("Sun, 06 Nov 1994 07:00:30 GMT", date)))
                .isZero();
        assertThat(RetryAfter.of(headers("30", date))).isEqualTo(Duration.ofSeconds(30));
    }

    private static HttpHeaders headers(String retryAfter, String date) {
        Map<String, List<String>> headers = new HashMap<>();
        if (retryAfter != null) {
            headers.put("retry-after", List.of(retryAfter));
        }
        if (date != null) {
            headers.put("date", List.of(date));
        }
        return HttpHeaders.of(headers, (name, value) -> true);
    }
}
