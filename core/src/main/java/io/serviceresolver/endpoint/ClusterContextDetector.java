package io.serviceresolver.endpoint;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds out in which namespace and cluster domain this process runs, from what Kubernetes puts into a Pod. What is
 * missing, unreadable or malformed is passed over; nothing is asked of the network. Immutable and thread-safe; the
 * files are read anew each time.
 */
public final class ClusterContextDetector {

    private static final Path NAMESPACE_FILE = Path.of("/var/run/secrets/kubernetes.io/serviceaccount/namespace");
    private static final Path RESOLV_CONF = Path.of("/etc/resolv.conf");
    private static final String NAMESPACE_VARIABLE = "POD_NAMESPACE";
    private static final String SERVICES = "svc.";
    private static final Set<String> SEARCH_KEYWORDS = Set.of("search", "domain");
    private static final int MAX_BYTES = 1 << 16;

    private final Map<String, String> environment;
    private final Path namespaceFile;
    private final Path resolvConf;

    private ClusterContextDetector(Map<String, String> environment, Path namespaceFile, Path resolvConf) {
        this.environment = Map.copyOf(environment);
        this.namespaceFile = namespaceFile;
        this.resolvConf = resolvConf;
    }

    /** A detector over the environment of this process and the files at their usual places. */
    public static ClusterContextDetector system() {
        return of(System.getenv(), NAMESPACE_FILE, RESOLV_CONF);
    }

    /**
     * A detector over other places.
     *
     * @param environment the environment variables
     * @param namespaceFile the file in which a service account finds its namespace
     * @param resolvConf the configuration of the system's resolver
     * @return the detector
     */
    public static ClusterContextDetector of(Map<String, String> environment, Path namespaceFile, Path resolvConf) {
        return new ClusterContextDetector(environment, namespaceFile, resolvConf);
    }

    /**
     * The context of this process. The namespace is that of the variable {@code POD_NAMESPACE}, else that of the
     * service account, else that of the search entry {@code <namespace>.svc.<domain>}, else {@code default}; the
     * domain is that of the search entry {@code svc.<domain>}, else {@code cluster.local}.
     *
     * @return the context, which allows no other namespaces
     */
    public ClusterContext detect() {
        List<String> search = search(resolvConf);
        Optional<String> domain = domain(search);
        String namespace = Stream.of(
                        Optional.ofNullable(environment.get(NAMESPACE_VARIABLE)),
                        read(namespaceFile),
                        domain.flatMap(found -> namespace(search, found)))
                .flatMap(Optional::stream)
                .map(String::strip)
                .filter(DnsNames::isLabel)
                .findFirst()
                .orElse(ClusterContext.DEFAULT_NAMESPACE);
        return new ClusterContext(namespace, domain.orElse(ClusterContext.DEFAULT_DOMAIN));
    }

    /**
     * The cluster domain that the search list of a resolv.conf names, which it does where cluster DNS is in use.
     *
     * @param resolvConf the file, which need not exist
     * @return the domain, if there is a search entry {@code svc.<domain>}
     */
    public static Optional<String> searchedDomain(Path resolvConf) {
        return domain(search(resolvConf));
    }

    /** The entries of the last search line, in lower case and without dots at their ends. */
    private static List<String> search(Path resolvConf) {
        List<String> entries = List.of();
        for (String line : read(resolvConf).orElse("").lines().toList()) {
            String[] words = line.strip().toLowerCase(Locale.ROOT).split("\\s+");
            if (SEARCH_KEYWORDS.contains(words[0])) {
                entries = Stream.of(words)
                        .skip(1)
                        .map(word -> word.endsWith(".") ? word.substring(0, word.length() - 1) : word)
                        .toList();
            }
        }
        return entries;
    }

    /**
     * The first domain for which the list has {@code svc.<domain>}. One that has {@code <namespace>.svc.<domain>} too
     * goes first: in a namespace called {@code svc} the entry of the namespace looks like that of a domain.
     */
    private static Optional<String> domain(List<String> search) {
        List<String> domains = search.stream()
                .filter(entry -> entry.startsWith(SERVICES))
                .map(entry -> entry.substring(SERVICES.length()))
                .filter(DnsNames::isSubdomain)
                .toList();
        return domains.stream()
                .filter(domain -> namespace(search, domain).isPresent())
                .findFirst()
                .or(() -> domains.stream().findFirst());
    }

    private static Optional<String> namespace(List<String> search, String domain) {
        String suffix = "." + SERVICES + domain;
        return search.stream()
                .filter(entry -> entry.endsWith(suffix))
                .map(entry -> entry.substring(0, entry.length() - suffix.length()))
                .filter(DnsNames::isLabel)
                .findFirst();
    }

    private static Optional<String> read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return Optional.of(new String(in.readNBytes(MAX_BYTES), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
