package io.serviceresolver.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterContextDetectorTest {

    private static final String SEARCH =
            "search shield.svc.cluster.local svc.cluster.local cluster.local corp.example\n";

    @TempDir
    Path dir;

    private final Map<String, String> environment = new HashMap<>();
    private Path namespaceFile;
    private Path resolvConf;

    @BeforeEach
    void places() {
        namespaceFile = dir.resolve("namespace");
        resolvConf = dir.resolve("resolv.conf");
    }

    private ClusterContext detect() {
        return ClusterContextDetector.of(environment, namespaceFile, resolvConf).detect();
    }

    @Test
    void readsNamespaceAndDomainFromTheSearchList() throws IOException {
        Files.writeString(resolvConf, "nameserver 10.96.0.10\n" + SEARCH + "options ndots:5\n");
        assertThat(detect()).isEqualTo(new ClusterContext("shield", "cluster.local"));
        assertThat(ClusterContextDetector.searchedDomain(resolvConf)).contains("cluster.local");
    }

    @Test
    void prefersTheServiceAccountToTheSearchListAndTheVariableToBoth() throws IOException {
        Files.writeString(resolvConf, SEARCH);
        Files.writeString(namespaceFile, "avengers\n");
        assertThat(detect().namespace()).isEqualTo("avengers");
        environment.put("POD_NAMESPACE", " hydra ");
        assertThat(detect().namespace()).isEqualTo("hydra");
    }

    @Test
    void fallsBackToTheDefaultsWhereThereIsNothing() {
        assertThat(detect()).isEqualTo(new ClusterContext("default", "cluster.local"));
        assertThat(ClusterContextDetector.searchedDomain(resolvConf)).isEmpty();
    }

    @Test
    void passesOverInvalidNamespaces() throws IOException {
        environment.put("POD_NAMESPACE", "Not_A_Label");
        Files.writeString(namespaceFile, "\n");
        Files.writeString(resolvConf, SEARCH);
        assertThat(detect().namespace()).isEqualTo("shield");
    }

    @Test
    void readsAnotherClusterDomainWithDotsAtTheEndAndInUpperCase() throws IOException {
        Files.writeString(resolvConf, "SEARCH Shield.svc.K8s.Corp.Example. svc.k8s.corp.example.\r\n");
        assertThat(detect()).isEqualTo(new ClusterContext("shield", "k8s.corp.example"));
    }

    @Test
    void obeysTheLastSearchLine() throws IOException {
        Files.writeString(resolvConf, "search a.svc.one svc.one\ndomain corp.example\nsearch b.svc.two svc.two\n");
        assertThat(detect()).isEqualTo(new ClusterContext("b", "two"));
    }

    @Test
    void isNotMisledByANamespaceCalledSvc() throws IOException {
        Files.writeString(resolvConf, "search svc.svc.cluster.local svc.cluster.local cluster.local\n");
        assertThat(detect()).isEqualTo(new ClusterContext("svc", "cluster.local"));
    }

    @Test
    void knowsTheDomainWithoutTheEntryOfTheNamespace() throws IOException {
        Files.writeString(resolvConf, "search svc.cluster.test\n");
        assertThat(detect()).isEqualTo(new ClusterContext("default", "cluster.test"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "search",
                "search   \n\n",
                "search svc.",
                "search . .. svc",
                "search svc.a_b svc.-x.y",
                "searching svc.cluster.test",
                "\u0000\u00ff\u0001",
                "nameserver"
            })
    void toleratesJunk(String text) throws IOException {
        Files.writeString(resolvConf, text);
        assertThat(detect()).isEqualTo(new ClusterContext("default", "cluster.local"));
    }

    @Test
    void toleratesADirectoryAndAHugeFile() throws IOException {
        namespaceFile = dir;
        Files.writeString(resolvConf, SEARCH + "#".repeat(1 << 20));
        assertThat(detect()).isEqualTo(new ClusterContext("shield", "cluster.local"));
    }

    @Test
    void readsTheSystemWithoutFailing() {
        assertThat(ClusterContextDetector.system().detect().namespace()).isNotEmpty();
    }
}
