package io.serviceresolver.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClusterContextTest {

    @Test
    void allowsItsOwnNamespaceAndThoseListed() {
        ClusterContext own = new ClusterContext("shield", ClusterContext.DEFAULT_DOMAIN);
        assertThat(own.allows("shield")).isTrue();
        assertThat(own.allows("other")).isFalse();
        ClusterContext wider = own.withNamespaces(Set.of("other"));
        assertThat(wider.allows("shield")).isTrue();
        assertThat(wider.allows("other")).isTrue();
        assertThat(wider.allows("third")).isFalse();
        assertThat(own.allows("other")).isFalse();
        assertThat(wider.withNamespaces(Set.of("third")).allows("other")).isTrue();
    }

    @Test
    void copiesTheNamespaces() {
        Set<String> given = new HashSet<>(Set.of("other"));
        ClusterContext context = new ClusterContext("shield", "cluster.local", given);
        given.add("late");
        assertThat(context.allows("late")).isFalse();
    }

    @Test
    void refusesInvalidNames() {
        assertThatThrownBy(() -> new ClusterContext("Shield", "cluster.local"))
                .hasMessageStartingWith("namespace: Shield");
        assertThatThrownBy(() -> new ClusterContext("", "cluster.local")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ClusterContext("shield", "cluster.local."))
                .hasMessageStartingWith("domain: cluster.local.");
        assertThatThrownBy(() -> new ClusterContext("shield", "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ClusterContext("shield", "cluster.local", Set.of("a.b")))
                .hasMessageStartingWith("namespaces: a.b");
    }
}
