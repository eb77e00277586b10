package io.serviceresolver.k8s;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which rights we have, as the API server sees it. Immutable.
 *
 * @param granted the rights that we have
 * @param missing the rights that we do not have
 * @param unknown the rights of which the server did not say
 * @param problem why it did not; empty where it said everything
 */
public record AccessReport(
        List<AccessRight> granted, List<AccessRight> missing, List<AccessRight> unknown, Optional<String> problem) {

    /** Copies the lists. */
    public AccessReport {
        granted = List.copyOf(granted);
        missing = List.copyOf(missing);
        unknown = List.copyOf(unknown);
    }

    /** Whether the server said that we have all rights. */
    public boolean isComplete() {
        return missing.isEmpty() && unknown.isEmpty();
    }

    /**
     * What grants the missing rights, ready to be applied: Roles for namespaces and a ClusterRole for the whole cluster, all
     * called {@code service-resolver}, and what binds them to a service account.
     *
     * @param accountNamespace the namespace of the service account
     * @param account its name, such as {@code default}
     * @return YAML, empty where nothing is missing
     */
    public String role(String accountNamespace, String account) {
        return new AccessManifest(missing).yaml(accountNamespace, account);
    }

    /** For people: what is missing, in one line. */
    public String text() {
        String said = missing.isEmpty()
                ? "rights granted: " + granted.size()
                : "missing: " + missing.stream().map(AccessRight::toString).collect(Collectors.joining(", "));
        return problem.map(why -> said + "; rights not checked: " + unknown.size() + ": " + why)
                .orElse(said);
    }
}
