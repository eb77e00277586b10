package io.serviceresolver.selector;

import io.serviceresolver.text.BadInput;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A label selector, as the API server reads and applies it: a list of requirements that must all be met. Immutable.
 *
 * <p>Two selectors are equal when they have the same requirements: {@code x=a}, {@code x==a} and {@code x in (a)} match
 * the same objects and are not equal. The order of requirements on different keys does not matter, that of requirements
 * on one key does.
 */
public final class LabelSelector {

    /** The length of the longest text that {@link #parse(String)} reads, in characters. */
    public static final int MAX_LENGTH = 64 * 1024;

    private static final LabelSelector EVERYTHING = new LabelSelector(List.of(), false);
    private static final LabelSelector NOTHING = new LabelSelector(List.of(), true);

    private final List<Requirement> requirements;
    private final boolean nothing;

    private LabelSelector(List<Requirement> requirements, boolean nothing) {
        this.requirements = requirements;
        this.nothing = nothing;
    }

    /** The selector that every object matches. */
    public static LabelSelector everything() {
        return EVERYTHING;
    }

    /** The selector that no object matches. It has no string form. */
    public static LabelSelector nothing() {
        return NOTHING;
    }

    /**
     * Reads a selector in the API server's notation, such as {@code app=web,tier in (a,b),!canary,build>7}.
     *
     * <p>The empty text is {@link #everything()}. A value left out is the empty value: {@code x=}, {@code x in ()} and
     * {@code x in (a,,b)}. {@code in} and {@code notin} are also fine as keys and values. A comma needs a requirement
     * on both sides. A NUL character is an error here; the API server ends or skips text there unseen.
     *
     * @param text at most {@link #MAX_LENGTH} characters
     * @return the selector; time and memory are proportional to the length, but for the sorting
     * @throws IllegalArgumentException if it is no selector; says what was expected and, unless it is a key or a value
     *     that is invalid, at which index
     */
    public static LabelSelector parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw BadInput.of("selector", text, "at most " + MAX_LENGTH + " characters");
        }
        return of(SelectorParser.parse(text));
    }

    /**
     * All of these requirements.
     *
     * @param requirements what has to be met; {@link #everything()} if there are none
     */
    public static LabelSelector of(List<Requirement> requirements) {
        if (requirements.isEmpty()) {
            return EVERYTHING;
        }
        List<Requirement> sorted = new ArrayList<>(requirements);
        sorted.sort(Comparator.comparing(Requirement::key));
        return new LabelSelector(List.copyOf(sorted), false);
    }

    /**
     * Objects that have every one of these labels, with these values.
     *
     * @param labels what objects must have; {@link #everything()} if there are none
     * @throws IllegalArgumentException if a key or a value is invalid
     */
    public static LabelSelector ofLabels(Map<String, String> labels) {
        return of(new SelectorSpec(labels, List.of()).requirements());
    }

    /**
     * The selector of an API object in the object form.
     *
     * @param spec an empty one is {@link #everything()}, none (null) is {@link #nothing()}
     * @throws IllegalArgumentException if a key, a value or an operator is invalid, or the number of values does not
     *     fit the operator
     */
    public static LabelSelector ofSpec(@Nullable SelectorSpec spec) {
        return spec == null ? NOTHING : of(spec.requirements());
    }

    /**
     * The selector of a Service, {@code spec.selector}. One that is empty or absent selects {@link #nothing()}, unlike
     * everywhere else: the API defines that the endpoints of such a Service are managed by somebody else, and reading
     * it as everything would send its calls to every Pod of the namespace.
     *
     * @param selector the labels that the Pods of the Service have
     * @throws IllegalArgumentException if a key or a value is invalid
     */
    public static LabelSelector ofServiceSelector(@Nullable Map<String, String> selector) {
        return selector == null || selector.isEmpty() ? NOTHING : ofLabels(selector);
    }

    /**
     * Whether an object with these labels is selected. Allocates nothing.
     *
     * @param labels any strings; they are not validated, a null value counts as an absent label
     */
    public boolean matches(Map<String, String> labels) {
        if (nothing) {
            return false;
        }
        for (int i = 0; i < requirements.size(); i++) {
            if (!requirements.get(i).matches(labels)) {
                return false;
            }
        }
        return true;
    }

    /**
     * The selector that objects match which match this one and the other.
     *
     * @param other its requirements come after those of this selector on the same key; those that are equal to one of
     *     this selector are left out
     */
    public LabelSelector and(LabelSelector other) {
        if (nothing || other.nothing) {
            return NOTHING;
        }
        Set<Requirement> known = new HashSet<>(requirements);
        List<Requirement> all = new ArrayList<>(requirements);
        for (Requirement requirement : other.requirements) {
            if (known.add(requirement)) {
                all.add(requirement);
            }
        }
        return of(all);
    }

    /** What has to be met, sorted by key; empty for {@link #everything()} and for {@link #nothing()}. */
    public List<Requirement> requirements() {
        return requirements;
    }

    /** Whether this is {@link #everything()}. */
    public boolean isEverything() {
        return requirements.isEmpty() && !nothing;
    }

    /** Whether this is {@link #nothing()}. A selector that contradicts itself, such as {@code x,!x}, is not. */
    public boolean isNothing() {
        return nothing;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LabelSelector that && nothing == that.nothing && requirements.equals(that.requirements);
    }

    @Override
    public int hashCode() {
        return nothing ? -1 : requirements.hashCode();
    }

    /**
     * The selector in the API server's notation: requirements sorted by key, values sorted, no blanks but around
     * {@code in} and {@code notin}. {@link #parse(String)} of it is equal to this selector, as far as it is not too
     * long. {@link #nothing()} is {@code <nothing>}, which is no selector, as the empty text means everything.
     */
    @Override
    public String toString() {
        if (nothing) {
            return "<nothing>";
        }
        StringBuilder text = new StringBuilder();
        for (Requirement requirement : requirements) {
            text.append(text.isEmpty() ? "" : ",").append(requirement);
        }
        return text.toString();
    }
}
