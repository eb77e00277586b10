package io.serviceresolver;

/**
 * What one filter found of an endpoint.
 *
 * @param filter what the filter is called, such as {@code conditions}
 * @param passed whether it let the endpoint through
 * @param reason why it did not: one line, with what others wrote escaped; empty where it did
 */
public record Verdict(String filter, boolean passed, String reason) {

    static Verdict passed(String filter) {
        return new Verdict(filter, true, "");
    }

    static Verdict leftOut(String filter, String reason) {
        return new Verdict(filter, false, reason);
    }
}
