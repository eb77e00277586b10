package io.serviceresolver.k8s;

import static io.serviceresolver.endpoint.IpFamily.IPV4;
import static io.serviceresolver.endpoint.IpFamily.IPV6;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.endpoint.IpFamily;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FamilyPolicyTest {

    private static final Set<IpFamily> BOTH = EnumSet.allOf(IpFamily.class);

    private static List<IpFamily> order(FamilyPolicy policy, List<IpFamily> stated, Set<IpFamily> reachable) {
        return policy.order(stated, reachable).families();
    }

    @Test
    void takesTheServicesOrderAsFarAsThisHostReaches() {
        FamilyPolicy policy = FamilyPolicy.automatic();
        assertThat(order(policy, List.of(), BOTH)).containsExactly(IPV4, IPV6);
        assertThat(order(policy, List.of(IPV6), BOTH)).containsExactly(IPV6, IPV4);
        assertThat(order(policy, List.of(IPV6, IPV4), BOTH)).containsExactly(IPV6, IPV4);
        assertThat(order(policy, List.of(IPV6, IPV4), Set.of(IPV4))).containsExactly(IPV4);
        assertThat(order(policy, List.of(IPV6), Set.of(IPV4))).containsExactly(IPV4);
    }

    @Test
    void takesOneFamilyWhateverThisHostReaches() {
        assertThat(order(FamilyPolicy.only(IPV6), List.of(IPV4, IPV6), Set.of(IPV4)))
                .containsExactly(IPV6);
        assertThat(order(FamilyPolicy.prefer(IPV6), List.of(IPV4), Set.of(IPV4)))
                .containsExactly(IPV6, IPV4);
        assertThat(order(FamilyPolicy.prefer(IPV4), List.of(IPV6), BOTH)).containsExactly(IPV4, IPV6);
    }

    @Test
    void refusesASingleStackByDualStackOnly() {
        ServiceView single = Views.service("{ipFamilies: [IPv4], ports: [{port: 80}]}");
        ServiceView dual = Views.service("{ipFamilies: [IPv6, IPv4], ports: [{port: 80}]}");
        assertThat(FamilyPolicy.requireDualStack().refusal(single))
                .contains("ipFamilies: IPv4 (expected: IPv4 and IPv6, as ipFamilyPolicy: RequireDualStack has it)");
        assertThat(FamilyPolicy.requireDualStack().refusal(dual)).isEmpty();
        assertThat(FamilyPolicy.automatic().refusal(single)).isEmpty();
        assertThat(order(FamilyPolicy.requireDualStack(), List.of(IPV6, IPV4), BOTH))
                .containsExactly(IPV6, IPV4);
    }

    @Test
    void picksAllAddressesOfTheFirstFamilyThatThereIs() {
        FamilyOrder order = FamilyPolicy.prefer(IPV6).order(List.of(), BOTH);
        assertThat(order.pick(List.of("10.0.0.1", "fd00::1", "fd00::2", "fd00::1")))
                .containsExactly("fd00::1", "fd00::2");
        assertThat(order.pick(List.of("10.0.0.1"))).containsExactly("10.0.0.1");
        assertThat(FamilyPolicy.only(IPV6).order(List.of(), BOTH).pick(List.of("10.0.0.1")))
                .isEmpty();
    }

    @Test
    void namesItself() {
        assertThat(FamilyPolicy.automatic()).hasToString("automatic");
        assertThat(FamilyPolicy.requireDualStack()).hasToString("requireDualStack");
        assertThat(FamilyPolicy.prefer(IPV6)).hasToString("[IPv6, IPv4]");
    }
}
