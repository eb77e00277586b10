package io.serviceresolver.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An identity is its three values, however it holds them. */
class EndpointIdTest {

    private static final String UID = "0f3b2a1c-9d8e-4f70-8a6b-5c4d3e2f1a0b";

    /** What an identity was before it held numbers. */
    private record Model(String address, int port, @Nullable String uid) {

        EndpointId id() {
            return new EndpointId(address, port, uid);
        }
    }

    /** Values that are easily confused, many of them twice. */
    private static List<Model> models(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return IntStream.range(0, 300)
                .mapToObj(each -> new Model(address(random), random.nextInt(80, 82), uid(random)))
                .toList();
    }

    private static String address(SplittableRandom random) {
        int last = random.nextInt(3);
        return switch (random.nextInt(6)) {
            case 0 -> "10.0.0." + last;
            case 1 -> "255.255.255." + (253 + last);
            case 2 -> "fd00::" + last;
            case 3 -> "010.0.0." + last;
            case 4 -> "0.0.0.0";
            default -> Ipv4.text(random.nextInt());
        };
    }

    private static @Nullable String uid(SplittableRandom random) {
        UUID uuid = new UUID(random.nextInt(2), random.nextInt(2));
        return switch (random.nextInt(6)) {
            case 0 -> null;
            case 1 -> uuid.toString();
            case 2 -> UID.toUpperCase(Locale.ROOT);
            case 3 -> UID.replace("-", "");
            case 4 -> UID;
            default -> new UUID(random.nextLong(), random.nextLong()).toString();
        };
    }

    @RepeatedTest(20)
    void isEqualWhereItsValuesAreAndGivesThemBack(RepetitionInfo run) {
        List<Model> models = models(run.getCurrentRepetition());
        for (Model one : models) {
            EndpointId id = one.id();
            assertThat(id.address()).isEqualTo(one.address());
            assertThat(id.port()).isEqualTo(one.port());
            assertThat(id.uid()).isEqualTo(one.uid());
            assertThat(id.hasUid()).isEqualTo(one.uid() != null);
            for (Model other : models) {
                boolean same = one.equals(other);
                assertThat(id.equals(other.id())).as("%s and %s", one, other).isEqualTo(same);
                assertThat(!same || id.hashCode() == other.id().hashCode()).isTrue();
                assertThat(id.hasUidOf(other.id())).isEqualTo(Objects.equals(one.uid(), other.uid()));
            }
        }
    }

    @RepeatedTest(20)
    void changesIntoAnotherOneInOneValueOnly(RepetitionInfo run) {
        List<Model> models = models(-run.getCurrentRepetition());
        for (int i = 1; i < models.size(); i++) {
            Model one = models.get(i);
            Model other = models.get(i - 1);
            assertThat(one.id().withUid(other.uid())).isEqualTo(new Model(one.address(), one.port(), other.uid()).id());
            assertThat(one.id().withPort(other.port()))
                    .isEqualTo(new Model(one.address(), other.port(), one.uid()).id());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00000000-0000-0000-0000-000000000000",
                "0f3b2a1c-9d8e-4f70-8a6b-5c4d3e2f1a0B",
                "0f3b2a1c9-d8e-4f70-8a6b-5c4d3e2f1a0b",
                "0f3b2a1c-9d8e-4f70-8a6b-5c4d3e2f1a0g",
                "f3b2a1c-9d8e-4f70-8a6b-5c4d3e2f1a0b1",
                "------------------------------------",
                "0f3b2a1c9d8e4f708a6b5c4d3e2f1a0b",
                "uid-1",
                "",
            })
    void givesAUidBackThatIsNoUsualUuid(String uid) {
        EndpointId id = new EndpointId("10.0.0.7", 80, uid);
        assertThat(id.uid()).isEqualTo(uid);
        assertThat(id.hasUid()).isTrue();
        assertThat(id).isNotEqualTo(new EndpointId("10.0.0.7", 80, null));
        assertThat(id.withUid(null)).isEqualTo(new EndpointId("10.0.0.7", 80, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "...",
                "10.0.0",
                "10.0.0.",
                ".10.0.0",
                "10.0.0.7.",
                "10.0.0.7.8",
                "10.0.0.256",
                "10.0.0.07",
                "10.0.0.00",
                "10.0.0.1000",
                "10..0.7",
                "10.0.0.-7",
                "10.0.0.+7",
                " 10.0.0.7",
                "10.0.0.7 ",
                "10.0.0.a",
                "10.0.0.\u0667",
                "0x0a.0.0.7",
                "1010.0.0.7000000",
                "skippy",
                "fd00::7",
            })
    void isNoIpv4AddressButForTheOneTextOfIt(String text) {
        assertThat(Ipv4.parse(text)).isEqualTo(Ipv4.NONE);
        assertThat(new EndpointId(text, 80, null).address()).isEqualTo(text);
    }

    @Test
    void knowsTheFamilyOfItsAddress() {
        assertThat(new EndpointId("10.0.0.7", 80, "uid-1").family()).isEqualTo(IpFamily.IPV4);
        assertThat(new EndpointId("fd00::7", 80, UID).family()).isEqualTo(IpFamily.IPV6);
    }

    @Test
    void isShownWithItsValues() {
        assertThat(new EndpointId("10.0.0.7", 80, UID))
                .hasToString("EndpointId[address=10.0.0.7, port=80, uid=" + UID + "]");
        assertThat(new EndpointId("fd00::7", 80, null)).hasToString("EndpointId[address=fd00::7, port=80, uid=null]");
    }

    @Test
    void spreadsPodsOfOneNetworkInATable() {
        Map<Integer, Integer> hashes = new HashMap<>();
        for (int i = 0; i < 10_000; i++) {
            hashes.merge(new EndpointId(Ipv4.text(10 << 24 | i), 80, null).hashCode(), 1, Integer::sum);
        }
        assertThat(hashes).hasSize(10_000);
    }
}
