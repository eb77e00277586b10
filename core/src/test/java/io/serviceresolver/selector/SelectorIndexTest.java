package io.serviceresolver.selector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Selectors and objects that come, change and go. */
class SelectorIndexTest {

    private final SelectorIndex<String, String> index = new SelectorIndex<>();

    @BeforeEach
    void threePods() {
        index.putObject("web-1", Map.of("app", "web", "ver", "1"));
        index.putObject("web-2", Map.of("app", "web", "ver", "2", "canary", ""));
        index.putObject("db-1", Map.of("app", "db"));
    }

    @Test
    void newSelectorAddsTheObjectsThatMatch() {
        MembershipChanges<String, String> changes = putSelector("web", "app=web");

        assertThat(changes.added()).containsExactlyInAnyOrder(pair("web", "web-1"), pair("web", "web-2"));
        assertThat(changes.removed()).isEmpty();
        assertThat(index.objectsOf("web")).containsExactlyInAnyOrder("web-1", "web-2");
        assertThat(index.selectorsOf("web-1")).containsExactly("web");
        assertThat(index.selectorsOf("db-1")).isEmpty();
    }

    @Test
    void changedSelectorSaysOnlyWhatChanged() {
        putSelector("s", "app=web");
        MembershipChanges<String, String> changes = putSelector("s", "ver!=1");

        assertThat(changes.added()).containsExactly(pair("s", "db-1"));
        assertThat(changes.removed()).containsExactly(pair("s", "web-1"));
        assertThat(index.objectsOf("s")).containsExactlyInAnyOrder("web-2", "db-1");
    }

    @Test
    void removedSelectorLosesItsObjects() {
        putSelector("web", "app=web");

        assertThat(index.removeSelector("web").removed())
                .containsExactlyInAnyOrder(pair("web", "web-1"), pair("web", "web-2"));
        assertThat(index.objectsOf("web")).isEmpty();
        assertThat(index.selectorsOf("web-1")).isEmpty();
        assertThat(index.putObject("web-3", Map.of("app", "web")).isEmpty()).isTrue();
    }

    @Test
    void newObjectIsAddedToTheSelectorsThatMatch() {
        putSelector("web", "app=web");
        putSelector("all", "");
        putSelector("old", "ver in (0,1)");
        MembershipChanges<String, String> changes = index.putObject("web-3", Map.of("app", "web", "ver", "3"));

        assertThat(changes.added()).containsExactlyInAnyOrder(pair("web", "web-3"), pair("all", "web-3"));
        assertThat(changes.removed()).isEmpty();
        assertThat(index.selectorsOf("web-3")).containsExactlyInAnyOrder("web", "all");
    }

    @Test
    void relabelledObjectSaysOnlyWhatChanged() {
        putSelector("web", "app=web");
        putSelector("v1", "ver=1");
        putSelector("v2", "ver=2");
        MembershipChanges<String, String> changes = index.putObject("web-1", Map.of("app", "web", "ver", "2"));

        assertThat(changes.added()).containsExactly(pair("v2", "web-1"));
        assertThat(changes.removed()).containsExactly(pair("v1", "web-1"));
        assertThat(index.selectorsOf("web-1")).containsExactlyInAnyOrder("web", "v2");
        assertThat(index.objectsMatching(LabelSelector.parse("ver=1"))).isEmpty();
    }

    @Test
    void removedObjectLeavesItsSelectors() {
        putSelector("web", "app=web");

        assertThat(index.removeObject("web-1").removed()).containsExactly(pair("web", "web-1"));
        assertThat(index.objectsOf("web")).containsExactly("web-2");
        assertThat(index.selectorsOf("web-1")).isEmpty();
        assertThat(index.objectsMatching(LabelSelector.everything())).containsExactlyInAnyOrder("web-2", "db-1");
    }

    @Test
    void whatStaysTheSameChangesNothing() {
        putSelector("web", "app=web");

        assertThat(putSelector("web", "app=web").isEmpty()).isTrue();
        assertThat(putSelector("web", "app==web").isEmpty()).isTrue();
        assertThat(index.putObject("web-1", Map.of("ver", "1", "app", "web")).isEmpty())
                .isTrue();
        assertThat(index.putObject("web-1", Map.of("ver", "9", "app", "web")).isEmpty())
                .isTrue();
        assertThat(index.removeSelector("unknown").isEmpty()).isTrue();
        assertThat(index.removeObject("unknown").isEmpty()).isTrue();
        assertThat(index.objectsOf("unknown")).isEmpty();
        assertThat(index.selectorsOf("unknown")).isEmpty();
    }

    @Test
    void selectorOfNothingHasNoObjects() {
        assertThat(index.putSelector("s", LabelSelector.everything()).added()).hasSize(3);
        assertThat(index.putSelector("s", LabelSelector.nothing()).removed()).hasSize(3);
        assertThat(index.putObject("x", Map.of()).isEmpty()).isTrue();
        assertThat(index.objectsMatching(LabelSelector.nothing())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "!ver", "ver!=1", "ver notin (1,2)", "!ver,app!=x"})
    void selectorsThatNeedNoLabelFindObjectsWithoutLabels(String text) {
        putSelector("before", text);

        assertThat(index.putObject("bare", Map.of()).added()).containsExactly(pair("before", "bare"));
        assertThat(putSelector("after", text).added()).contains(pair("after", "bare"));
        assertThat(index.selectorsMatching(Map.of())).containsExactlyInAnyOrder("before", "after");
    }

    @Test
    void labelsAndSelectorsOutsideTheIndexCanBeAskedAbout() {
        putSelector("web", "app=web");
        putSelector("new", "ver>1");

        assertThat(index.selectorsMatching(Map.of("app", "web", "ver", "2"))).containsExactlyInAnyOrder("web", "new");
        assertThat(index.selectorsMatching(Map.of("ver", "x"))).isEmpty();
        assertThat(index.objectsMatching(LabelSelector.parse("app,!canary")))
                .containsExactlyInAnyOrder("web-1", "db-1");
        assertThat(index.objectsMatching(LabelSelector.parse("ver<2"))).containsExactly("web-1");
    }

    @Test
    void labelsAreCopied() {
        Map<String, String> labels = new HashMap<>(Map.of("app", "web"));
        index.putObject("x", labels);
        labels.put("app", "db");

        assertThat(index.objectsMatching(LabelSelector.parse("app=web"))).contains("x");
        assertThat(index.putObject("x", labels).isEmpty()).isTrue();
        assertThat(index.objectsMatching(LabelSelector.parse("app=db"))).contains("x");
    }

    @Test
    void listsReturnedDoNotChangeLater() {
        putSelector("web", "app=web");
        List<String> before = index.objectsOf("web");
        index.removeObject("web-1");

        assertThat(before).hasSize(2).isUnmodifiable();
    }

    @Test
    void nothingIsLeftWhenAllHaveGone() {
        for (String text : List.of("", "!a", "app=web", "app in (web,db,x)", "ver", "ver>1", "app,app=db")) {
            putSelector(text, text);
        }
        index.putSelector("nothing", LabelSelector.nothing());
        index.putObject("web-1", Map.of("app", "db", "other", ""));
        putSelector("ver", "app in (web,x)");
        for (String id : List.of("", "!a", "app=web", "app in (web,db,x)", "ver", "ver>1", "app,app=db", "nothing")) {
            assertThat(index.isEmpty()).isFalse();
            index.removeSelector(id);
        }
        for (String object : List.of("web-1", "web-2", "db-1")) {
            assertThat(index.isEmpty()).isFalse();
            index.removeObject(object);
        }

        assertThat(index.isEmpty()).isTrue();
    }

    private MembershipChanges<String, String> putSelector(String id, String text) {
        return index.putSelector(id, LabelSelector.parse(text));
    }

    private static Membership<String, String> pair(String selector, String object) {
        return new Membership<>(selector, object);
    }
}
