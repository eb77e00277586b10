package io.serviceresolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonTest {

    private static final long SEED = 20_26_11_21;

    @Test
    void writesEachKindOfValue() {
        assertThat(Json.of(null)).isEqualTo("null");
        assertThat(Json.of(true)).isEqualTo("true");
        assertThat(Json.of(-7)).isEqualTo("-7");
        assertThat(Json.of(Long.MIN_VALUE)).isEqualTo("-9223372036854775808");
        assertThat(Json.of(List.of())).isEqualTo("[]");
        assertThat(Json.of(Map.of())).isEqualTo("{}");
        assertThat(Json.of(List.of("a", "b"))).isEqualTo("[\"a\",\"b\"]");
        assertThat(Json.of(Map.of("a", List.of(1, 2)))).isEqualTo("{\"a\":[1,2]}");
    }

    @Test
    void escapesAllThatIsNotPrintableAscii() {
        assertThat(Json.of("\"\\/\b\n\u0000\u007f\u00e9\u2028\ud83d\ude00\udfff"))
                .isEqualTo("\"\\\"\\\\/\\u0008\\u000a\\u0000\\u007f\\u00e9\\u2028\\ud83d\\ude00\\udfff\"");
    }

    @Test
    void doesNotWriteWhatJsonDoesNotKnow() {
        assertThatThrownBy(() -> Json.of(Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("value: class java.lang.Double (expected: what JSON knows)");
    }

    @Test
    void whatIsWrittenIsReadBack() throws Exception {
        Random random = new Random(SEED);
        ObjectMapper mapper = new ObjectMapper();
        for (int i = 0; i < 2_000; i++) {
            Object value = value(random, 4);
            assertThat(mapper.readValue(Json.of(value), Object.class))
                    .as("seed %d, value %d", SEED, i)
                    .isEqualTo(value);
        }
    }

    private static @Nullable Object value(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 6 : 4)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> random.nextInt();
            case 3 -> text(random);
            case 4 -> list(random, depth);
            default -> map(random, depth);
        };
    }

    private static List<@Nullable Object> list(Random random, int depth) {
        List<@Nullable Object> list = new ArrayList<>();
        random.ints(random.nextInt(4)).forEach(any -> list.add(value(random, depth - 1)));
        return list;
    }

    private static Map<String, @Nullable Object> map(Random random, int depth) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        random.ints(random.nextInt(4)).forEach(any -> map.put(text(random), value(random, depth - 1)));
        return map;
    }

    /** Of all UTF-16 code units, those that are special more often. */
    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            text.append((char) random.nextInt(random.nextBoolean() ? 0x80 : 0x1_0000));
        }
        return text.toString();
    }
}
