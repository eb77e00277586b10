package io.serviceresolver.selector;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which labels a selector matches. */
class SelectorMatchingTest {

    @ParameterizedTest(name = "{0} on {1}: {2}")
    @CsvSource(delimiter = ';', textBlock = """
                    # everything
                    ''; ''; true
                    ''; a=1; true
                    # equality needs the key
                    a=1; a=1; true
                    a=1; a=2; false
                    a=1; a=; false
                    a=1; b=1; false
                    a=1; ''; false
                    a==1; a=1; true
                    a==1; a=01; false
                    a==1; ''; false
                    a=; a=; true
                    a=; a=1; false
                    a=; ''; false
                    # case matters, in keys and values
                    a=x; a=X; false
                    a=x; A=x; false
                    # inequality is met by absence
                    a!=1; a=2; true
                    a!=1; a=1; false
                    a!=1; ''; true
                    a!=1; b=1; true
                    a!=; a=; false
                    a!=; a=1; true
                    a!=; ''; true
                    # sets
                    a in (1,2); a=1; true
                    a in (1,2); a=2; true
                    a in (1,2); a=3; false
                    a in (1,2); a=; false
                    a in (1,2); ''; false
                    a in (); a=; true
                    a in (); a=1; false
                    a in (); ''; false
                    a in (1,,2); a=; true
                    a in (1,,2); ''; false
                    a in (e,d,c,b,a); a=a; true
                    a in (e,d,c,b,a); a=e; true
                    a in (e,d,c,b,a); a=f; false
                    a in (b,B); a=B; true
                    a notin (1,2); a=1; false
                    a notin (1,2); a=2; false
                    a notin (1,2); a=3; true
                    a notin (1,2); a=; true
                    a notin (1,2); ''; true
                    a notin (); a=; false
                    a notin (); a=1; true
                    a notin (); ''; true
                    a notin (1,); a=; false
                    # presence; an empty value is present
                    a; a=1; true
                    a; a=; true
                    a; b=1; false
                    !a; a=1; false
                    !a; a=; false
                    !a; b=1; true
                    !a; ''; true
                    # order of 64-bit integers, not of text; absent or no integer: no match
                    a>1; a=2; true
                    a>1; a=1; false
                    a>1; a=0; false
                    a>9; a=10; true
                    a<10; a=9; true
                    a<10; a=10; false
                    a<10; a=11; false
                    a<10; a=-11; true
                    a>10; a=+11; true
                    a>10; a=011; true
                    a>010; a=11; true
                    a>1; ''; false
                    a<1; ''; false
                    a>1; a=v2; false
                    a<1; a=; false
                    a<1; a=-; false
                    a<1; a=0.5; false
                    a<1; a=0x0; false
                    a>1; a=1_0; false
                    a>9223372036854775806; a=9223372036854775807; true
                    a>1; a=9223372036854775808; false
                    a<1; a=-9223372036854775808; true
                    a<1; a=-9223372036854775809; false
                    # every requirement has to be met, labels not asked for do not matter
                    a=1,b=2; a=1 b=2 c=3; true
                    a=1,b=2; a=1 c=3; false
                    a=1,b=2; a=2 b=2; false
                    a!=1,b; b=2; true
                    a!=1,!b; b=2; false
                    a>1,a<5; a=3; true
                    a>1,a<5; a=5; false
                    a in (1,2),a notin (2,3); a=1; true
                    a in (1,2),a notin (2,3); a=2; false
                    # contradictions
                    a,!a; a=1; false
                    a,!a; ''; false
                    a=1,a=2; a=1; false
                    # in and notin as key and value
                    notin=in; notin=in; true
                    in in (notin); in=notin; true
                    in notin (in); in=in; false
                    """)
    void matches(String selector, String labels, boolean expected) {
        assertThat(LabelSelector.parse(selector).matches(labels(labels))).isEqualTo(expected);
    }

    private static Map<String, String> labels(String text) {
        return Stream.of(text.split(" "))
                .filter(label -> !label.isEmpty())
                .map(label -> label.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    @Test
    void labelsMayBeAnyStrings() {
        Map<String, String> labels = Map.of("", "", "\u0000", "\ud800", "a", "\u0661", "b c", "x".repeat(1_000));

        assertThat(LabelSelector.parse("a,!d").matches(labels)).isTrue();
        assertThat(LabelSelector.parse("a>0").matches(labels)).isFalse();
        assertThat(LabelSelector.parse("a in (1,2,3)").matches(labels)).isFalse();
    }

    @Test
    @SuppressWarnings("NullAway") // a map that breaks the contract
    void nullValueIsAnAbsentLabel() {
        Map<String, String> labels = new HashMap<>();
        labels.put("a", null);

        assertThat(LabelSelector.parse("a").matches(labels)).isFalse();
        assertThat(LabelSelector.parse("!a,a!=1").matches(labels)).isTrue();
    }

    @Test
    void matchingAllocatesNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        LabelSelector selector = LabelSelector.parse(
                "a=1,b==2,c!=3,d in (1,2,3,4),e notin (5,6),f,!g,h>5,i<7,h!=99,j notin (1),a in (1)");
        Map<String, String> labels =
                new TreeMap<>(Map.of("a", "1", "b", "2", "d", "4", "e", "7", "f", "", "h", "6", "i", "-9"));
        int calls = 20_000;
        allocatedBy(threads, selector, labels, calls); // loads and links all there is
        long allocated = allocatedBy(threads, selector, labels, calls);

        assertThat(allocated).as("bytes allocated by %s calls", calls).isLessThan(calls);
    }

    private static long allocatedBy(
            ThreadMXBean threads, LabelSelector selector, Map<String, String> labels, int calls) {
        long before = threads.getCurrentThreadAllocatedBytes();
        int matches = 0;
        for (int i = 0; i < calls; i++) {
            matches += selector.matches(labels) ? 1 : 0;
        }
        long after = threads.getCurrentThreadAllocatedBytes();
        assertThat(matches).isEqualTo(calls);
        return after - before;
    }
}
