package io.serviceresolver.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.testkit.DnsReply;
import io.serviceresolver.testkit.DnsServer;
import io.serviceresolver.testkit.DnsService;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameserversTest {

    @TempDir
    Path dir;

    private Path file;
    private Nameservers nameservers;
    private long writes;

    @BeforeEach
    void place() {
        file = dir.resolve("resolv.conf");
        nameservers = Nameservers.of(file, 53);
    }

    /** Writes the file with a time of its own, as two writes may fall into one tick of the file system's clock. */
    private void write(String text) throws IOException {
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_000_000L + 1000 * writes++));
    }

    private List<String> current() {
        return nameservers.current().stream().map(Attempt::describe).toList();
    }

    @Test
    void readsServersOfBothFamiliesAndPassesOverTheRest() throws IOException {
        write("""
                # comment
                ; comment
                search shield.svc.cluster.local svc.cluster.local cluster.local
                options ndots:15
                \tnameserver\t10.96.0.10 # trailing\r
                nameserver fd00::a
                """);
        assertThat(current()).containsExactly("10.96.0.10:53", "[fd00::a]:53");
    }

    @Test
    void takesTheFirstThreeAndEachOnce() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= 20; i++) {
            text.append("nameserver 10.0.0.").append(i).append('\n');
        }
        write(text.toString());
        assertThat(current()).containsExactly("10.0.0.1:53", "10.0.0.2:53", "10.0.0.3:53");
        write("nameserver 10.0.0.1\nnameserver 10.0.0.1\n");
        assertThat(current()).containsExactly("10.0.0.1:53");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nameserver",
                "nameserver \n",
                "nameserver dns.example.com",
                "nameserver 010.1.1.1",
                "nameserver 10.0.0.256",
                "nameserver fe80::1%eth0",
                "nameserverx 10.0.0.1",
                "\u0000\u00ff"
            })
    void findsNoneInJunkAndDoesNotThrow(String text) throws IOException {
        write(text);
        assertThat(current()).isEmpty();
        assertThat(nameservers.whyNone()).contains("no nameserver in " + file).contains("(expected: ");
    }

    @Test
    void findsNoneWithoutAFileAndThoseOfTheFileWhenItComes() throws IOException {
        assertThat(current()).isEmpty();
        write("nameserver 10.0.0.1\n");
        assertThat(current()).containsExactly("10.0.0.1:53");
    }

    @Test
    void readsAFileAgainWhenItHasChanged() throws IOException {
        write("nameserver 10.0.0.1\n");
        assertThat(current()).containsExactly("10.0.0.1:53");
        write("nameserver 10.0.0.2\n");
        assertThat(current()).containsExactly("10.0.0.2:53");
    }

    @Test
    void keepsWhatItHasWhereTheFileHasGoneOrNamesNone() throws IOException {
        write("nameserver 10.0.0.1\n");
        assertThat(current()).containsExactly("10.0.0.1:53");
        write("");
        assertThat(current()).containsExactly("10.0.0.1:53");
        Files.delete(file);
        assertThat(current()).containsExactly("10.0.0.1:53");
        Files.createDirectory(file);
        assertThat(current()).containsExactly("10.0.0.1:53");
    }

    @Test
    void givesThePreferredServerFirstWhileThereIsSuchAServer() throws IOException {
        write("nameserver 10.0.0.1\nnameserver 10.0.0.2\n");
        assertThat(current()).hasSize(2);
        nameservers.prefer(new InetSocketAddress("10.0.0.2", 53));
        assertThat(current()).containsExactly("10.0.0.2:53", "10.0.0.1:53");
        write("nameserver 10.0.0.3\nnameserver 10.0.0.4\n");
        assertThat(current()).containsExactly("10.0.0.3:53", "10.0.0.4:53");
    }

    @Test
    void aSourceAsksTheNewServerAtTheNextRefresh() throws IOException {
        DnsService service = DnsService.headless("skippy", "shield").port("http", 80);
        try (DnsServer server = DnsServer.start().publish(service.endpoint("10.0.0.1"))) {
            DnsSource source = DnsSource.builder()
                    .resolvConf(file)
                    .resolvConfPort(server.address().getPort())
                    .tries(1)
                    .build();
            try (FollowedService skippy = new FollowedService(source, "skippy:http")) {
                assertThat(skippy.nextUnavailable()).startsWith("no nameserver in " + file);
                write("nameserver 127.0.0.1\n");
                assertThat(skippy.advanceSeconds(1).nextEndpoints()).containsExactly("10.0.0.1:80");
                write("nameserver 127.0.0.9\n");
                assertThat(skippy.advanceSeconds(5).nextUnavailable())
                        .startsWith("127.0.0.9:" + server.address().getPort() + ": nothing listens there");
                server.outage(DnsReply.servFail());
                write("nameserver 127.0.0.1\n");
                assertThat(skippy.advanceSeconds(1).nextUnavailable()).startsWith("SERVFAIL from 127.0.0.1:");
            }
        }
    }
}
