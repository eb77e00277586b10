package io.serviceresolver;

import static io.serviceresolver.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.call.Lease;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.endpoint.ServicePort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which services are followed, and for how long. */
class RegistryTest extends EngineTest {

    private static final int MAX = 50;

    @Override
    ServiceResolverBuilder configure(ServiceResolverBuilder builder) {
        return builder.maxServices(MAX);
    }

    @Test
    void hasOneHandleForAllNamesOfAService() {
        ServiceHandle skippy = follow("skippy");
        assertThat(resolver.service("skippy")).isSameAs(skippy);
        assertThat(resolver.service("skippy.shield")).isSameAs(skippy);
        assertThat(resolver.service("skippy.shield.svc.cluster.local")).isSameAs(skippy);
        assertThat(resolver.service(new ServiceName("skippy", "shield", ServicePort.ONLY)))
                .isSameAs(skippy);
        time.runDue();
        assertThat(source.log).containsExactly("open skippy.shield");
    }

    @Test
    void followsEachPortByItself() {
        assertThat(follow("skippy:http")).isNotSameAs(follow("skippy:8080"));
        assertThat(source.log).containsExactly("open skippy.shield:http", "open skippy.shield:8080");
    }

    @Test
    void asksNobodyForANameThatIsNotValid() {
        assertThatThrownBy(() -> resolver.service("evil.com")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> resolver.service("../x")).isInstanceOf(IllegalArgumentException.class);
        time.runDue();
        assertThat(source.log).isEmpty();
    }

    @Test
    void letsGoOfAServiceThatNobodyUsesAndFollowsItAnewWhenItIsUsed() throws Exception {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(pod(1)));
        time.advance(IDLE.multipliedBy(2));
        assertThat(source.log).containsExactly("open skippy.shield", "close skippy.shield");
        assertThat(skippy.endpoints().isEmpty()).isTrue();

        var again = skippy.resolveAsync();
        time.runDue();
        say(() -> source.found(pod(2)));
        assertThat(get(again)).isEqualTo(pod(2));
        assertThat(source.log).hasSize(3);
        assertThat(resolver.service("skippy")).isSameAs(skippy);
    }

    @Test
    void keepsAServiceThatIsUsedThroughItsHandleOnly() {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(pod(1)));
        for (int i = 0; i < 20; i++) {
            time.advance(IDLE.dividedBy(2));
            assertThat(skippy.resolve()).isEqualTo(pod(1));
        }
        assertThat(source.log).containsExactly("open skippy.shield");
    }

    @Test
    void keepsAServiceThatIsUsedByNameOnceInAlmostAnIdleTime() {
        follow("skippy");
        say(() -> source.found(pod(1)));
        for (int i = 0; i < 20; i++) {
            time.advance(IDLE.minusSeconds(1 + i * 7L));
            assertThat(resolver.service("skippy").resolve()).isEqualTo(pod(1));
        }
        assertThat(source.log).containsExactly("open skippy.shield");
    }

    @Test
    void keepsAServiceOfWhichASubsetIsUsed() {
        ServiceHandle part = follow("skippy").subset("!x");
        time.runDue();
        say(() -> source.found(pod(1)));
        for (int i = 0; i < 20; i++) {
            time.advance(IDLE.dividedBy(2));
            assertThat(part.resolve()).isEqualTo(pod(1));
        }
        assertThat(source.log).containsExactly("open skippy.shield");
    }

    @Test
    void keepsAServiceWithACallInFlight() {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(pod(1)));
        Lease lease = skippy.acquire();
        time.advance(IDLE.multipliedBy(5));
        assertThat(source.log).containsExactly("open skippy.shield");
        lease.success();
        time.advance(IDLE.multipliedBy(2));
        assertThat(source.log).containsExactly("open skippy.shield", "close skippy.shield");
    }

    @Test
    void keepsAServiceThatSomebodyListensTo() {
        var registration = follow("skippy").subset("!x").addListener(set -> {});
        time.runDue();
        time.advance(IDLE.multipliedBy(5));
        assertThat(source.log).containsExactly("open skippy.shield");
        registration.close();
        time.advance(IDLE.multipliedBy(2));
        assertThat(source.log).containsExactly("open skippy.shield", "close skippy.shield");
    }

    @Test
    void isNotExhaustedByNamesFromOutside() {
        for (int i = 0; i < 10_000; i++) {
            follow("svc-" + i);
            assertThat(source.subscriptions()).isLessThanOrEqualTo(MAX + 1);
        }
    }

    @Test
    void tellsListenersWhichServicesAreFollowed() {
        List<String> heard = new ArrayList<>();
        follow("early");
        var registration = resolver.addListener(new ResolverListener() {
            @Override
            public void serviceAdded(ServiceHandle service) {
                heard.add("+" + service.target());
            }

            @Override
            public void serviceRemoved(ServiceHandle service) {
                heard.add("-" + service.target());
                throw new IllegalStateException("a failing listener");
            }
        });
        follow("late");
        time.advance(IDLE.multipliedBy(2));
        assertThat(heard).startsWith("+early.shield", "+late.shield").hasSize(4);
        assertThat(heard.subList(2, 4)).containsExactlyInAnyOrder("-early.shield", "-late.shield");
        registration.close();
        follow("later");
        assertThat(heard).hasSize(4);
    }

    @Test
    void waitsForAFirstAnswerAnewWhenAServiceIsFollowedAgain() throws Exception {
        ServiceHandle skippy = follow("skippy");
        time.advance(Duration.ofSeconds(3));
        assertThatThrownBy(skippy::resolve).isInstanceOf(NoEndpointsException.class);
        time.advance(IDLE.multipliedBy(2));
        var again = skippy.resolveAsync();
        time.runDue();
        assertThat(again).isNotDone();
        say(() -> source.found(pod(1)));
        assertThat(get(again)).isEqualTo(pod(1));
    }
}
