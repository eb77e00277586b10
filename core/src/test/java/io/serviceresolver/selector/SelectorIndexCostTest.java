package io.serviceresolver.selector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much the index looks at: the look-ups are counted, not the time. */
class SelectorIndexCostTest {

    private static final int SERVICES = 1_000;
    private static final int PODS_EACH = 10;

    /** Labels that count how often one is looked up; a selector does so for each requirement it tries. */
    private static final class CountedLabels extends HashMap<String, String> {
        private int lookups;

        CountedLabels(Map<String, String> labels) {
            super(labels);
        }

        @Override
        public @Nullable String get(Object key) {
            lookups++;
            return super.get(key);
        }
    }

    /** The name of an object; counts how often any of them is looked up. */
    private static final class CountedName {
        private final AtomicInteger lookups;

        CountedName(AtomicInteger lookups) {
            this.lookups = lookups;
        }

        @Override
        public int hashCode() {
            lookups.incrementAndGet();
            return System.identityHashCode(this);
        }
    }

    @Test
    void objectIsHeldAgainstTheSelectorsOfItsRarestLabels() {
        SelectorBuckets<Integer> buckets = new SelectorBuckets<>();
        for (int i = 0; i < SERVICES; i++) {
            buckets.put(i, LabelSelector.parse("a.env=prod,app=app-" + i + ",helm,tier in (a,b)"));
        }
        CountedLabels labels = new CountedLabels(Map.of("a.env", "prod", "app", "app-7", "tier", "a", "helm", "1"));

        assertThat(buckets.matching(labels)).containsExactly(7);
        // Four requirements each of the one that matches and of the first few, put where all buckets were empty.
        assertThat(labels.lookups).isLessThanOrEqualTo(4 * 10);
    }

    @Test
    void labelWithAValueIsRarerThanLabelWithAny() {
        SelectorBuckets<Integer> buckets = new SelectorBuckets<>();
        buckets.put(1, LabelSelector.parse("app,ver=1"));
        buckets.put(2, LabelSelector.parse("ver>0,zone=a"));
        CountedLabels labels = new CountedLabels(Map.of("app", "web", "ver", "2"));

        assertThat(buckets.matching(labels)).isEmpty();
        assertThat(labels.lookups).isZero();
    }

    @Test
    void selectorsThatNeedNoLabelAreHeldAgainstEveryObject() {
        SelectorBuckets<Integer> buckets = new SelectorBuckets<>();
        for (int i = 0; i < SERVICES; i++) {
            buckets.put(i, LabelSelector.parse("app!=app-" + i));
        }
        CountedLabels labels = new CountedLabels(Map.of("app", "app-7"));

        assertThat(buckets.matching(labels)).hasSize(SERVICES - 1);
        assertThat(labels.lookups).isEqualTo(SERVICES);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    # the rarest requirement, wherever it stands
                    app=app-7,env=prod; 10; 10
                    env=prod,app=app-7; 10; 10
                    app,env,zone=z7; 10; 10
                    app in (app-7,app-8,app-9),env; 30; 30
                    app=app-7,pod in (pod-7,pod-1007,pod-8); 3; 2
                    env=prod,app=app-7,app!=x,!y; 10; 10
                    build>997,env; 20; 20
                    # no object has it
                    env=prod,app=unknown; 0; 0
                    env=prod,unknown; 0; 0
                    # only absence: all objects
                    app!=app-7; 10000; 9990
                    !app; 10000; 0
                    '' ; 10000; 10000
                    """)
    void selectorIsHeldAgainstTheObjectsOfItsRarestRequirement(String text, int looked, int matched) {
        ObjectPostings<CountedName> postings = new ObjectPostings<>();
        AtomicInteger lookups = new AtomicInteger();
        for (int i = 0; i < SERVICES * PODS_EACH; i++) {
            int service = i % SERVICES;
            postings.put(
                    new CountedName(lookups),
                    Map.of(
                            "env",
                            "prod",
                            "app",
                            "app-" + service,
                            "zone",
                            "z" + service,
                            "build",
                            "" + service,
                            "pod",
                            "pod-" + i));
        }
        lookups.set(0);

        assertThat(postings.matching(LabelSelector.parse(text))).hasSize(matched);
        assertThat(lookups).hasValue(looked);
    }

    @Test
    void valuesThatNoObjectHasAnyMoreAreForgotten() {
        ObjectPostings<String> postings = new ObjectPostings<>();
        postings.put("stays", Map.of("hash", "0"));
        for (int i = 1; i <= 100; i++) {
            postings.put("changes", Map.of("hash", "" + i));
        }
        postings.remove("changes");

        assertThat(postings.byKey).containsOnlyKeys("hash");
        assertThat(postings.byKey.values())
                .allSatisfy(held -> assertThat(held.byValue).containsOnlyKeys("0"));
    }
}
