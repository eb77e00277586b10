package io.serviceresolver.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.serviceresolver.selector.LabelSelector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What we take for a selector, and which Pods it matches, is what the API server says to {@code labelSelector} in a list
 * of Pods. Texts with a NUL character are left out: those we refuse, and the API server reads to the NUL.
 */
@RealApiServer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SelectorAgainstListTest {

    private static final long SEED = Long.getLong("service-resolver.test.seed", 20_261_121);
    private static final int PODS = 150;
    private static final int SELECTORS = 500;
    private static final int DAMAGED = 1_000;

    /** Names are all that is wanted of the Pods. */
    private static final String NAMES_ONLY = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";

    /** What a text gets that is no selector: no Pod is called so. */
    private static final Set<String> REFUSED = Set.of("(refused)");

    /** The one form that Kubernetes 1.20 refuses and today's takes. */
    private static final Pattern ENDS_IN_TWO_COMMAS = Pattern.compile(",\\s*,\\s*\\)");

    private final ObjectMapper json = new ObjectMapper();
    private final RealNamespace cluster = RealNamespace.create();
    private final RandomObjects random = new RandomObjects(SEED, cluster);
    private final RandomTexts texts = new RandomTexts(random);
    private final List<Pod> pods =
            IntStream.range(0, PODS).mapToObj(random::pod).toList();
    private boolean older;

    @BeforeAll
    void makePods() {
        cluster.forEach(pods, cluster::addPending);
        older = servers("a in (b,,)").equals(REFUSED);
        if (older) {
            System.out.println("SKIPPED sets that end in two commas: this API server is so old that it refuses them");
        }
    }

    @AfterAll
    void removeAll() {
        cluster.close();
    }

    @Test
    void selectorsMatchThePodsThatTheServerLists() {
        List<String> selectors =
                Stream.generate(texts::selector).limit(SELECTORS).toList();
        assertThat(selectors.stream().map(this::ours).distinct().count())
                .as("seed %d: different answers, so that right ones are no luck", SEED)
                .isGreaterThan(SELECTORS / 4);
        assertSame(selectors);
    }

    @Test
    void textsAreSelectorsWhenTheServerSaysSo() {
        List<String> damaged = Stream.generate(() -> random.oneIn(3) ? texts.soup() : texts.damaged())
                .limit(DAMAGED)
                .toList();
        assertThat(damaged.stream().map(this::ours).filter(REFUSED::equals).count())
                .as("seed %d: some are selectors, some are not", SEED)
                .isBetween(DAMAGED / 10L, DAMAGED * 9 / 10L);
        assertSame(damaged);
    }

    @Test
    void keysValuesAndListsAreValidWhenTheServerSaysSo() {
        List<String> words = List.of(
                "a",
                "",
                "-a",
                "a-",
                "a.b",
                "a..b",
                "_a",
                "a_",
                "A",
                "1",
                "a b",
                "a/b",
                "/a",
                "a/",
                "a//b",
                "a/b/c",
                "A/b",
                "a_b/c",
                "a.-b/c",
                "a-.b/c",
                "-a/b",
                "a--b/c",
                "a./b",
                ".a/b",
                "a..b/c",
                "a/B_c.d",
                "in",
                "notin",
                "\u00e9",
                "\u0661",
                "\ud83d\ude00",
                "a:b",
                "a%",
                "n".repeat(63),
                "n".repeat(64),
                "p".repeat(253) + "/a",
                "p".repeat(254) + "/a",
                "a/" + "n".repeat(64),
                "a.".repeat(126) + "a/b",
                "a.".repeat(127) + "/b",
                "7",
                "+7",
                "-7",
                "07",
                "0x7",
                "7.0",
                "9223372036854775807",
                "9223372036854775808");
        List<String> forms = List.of(
                "%s",
                "!%s",
                "%s=",
                "%s=a",
                "a=%s",
                "a==%s",
                "a!=%s",
                "a>%s",
                "a<%s",
                "a in (%s)",
                "a notin (x,%s)",
                "a in (%s,,)",
                "%s in ()",
                "%s notin (a)",
                "a,%s",
                "%s,a",
                "a in %s",
                "%s(a)");
        assertSame(forms.stream()
                .flatMap(form -> words.stream().map(word -> form.replace("%s", word)))
                .toList());
    }

    private void assertSame(Collection<String> all) {
        List<String> selectors = all.stream()
                .filter(text -> !older || !ENDS_IN_TWO_COMMAS.matcher(text).find())
                .toList();
        Map<String, String> differences = new ConcurrentSkipListMap<>();
        cluster.forEach(selectors, text -> {
            Set<String> ours = ours(text);
            Set<String> servers = servers(text);
            if (!ours.equals(servers)) {
                differences.put(text, "ours: " + ours + ", the server's: " + servers);
            }
        });
        assertThat(differences).as("seed %d: Pods by selector", SEED).isEmpty();
        long refused =
                selectors.stream().map(this::ours).filter(REFUSED::equals).count();
        System.out.printf(
                "%s, seed %d: the server and we agree on %d texts over %d Pods; %d are no selectors%n",
                getClass().getSimpleName(), SEED, selectors.size(), PODS, refused);
    }

    private Set<String> ours(String text) {
        try {
            LabelSelector selector = LabelSelector.parse(text);
            return pods.stream()
                    .filter(pod -> selector.matches(pod.getMetadata().getLabels()))
                    .map(pod -> pod.getMetadata().getName())
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IllegalArgumentException e) {
            return REFUSED;
        }
    }

    private Set<String> servers(String text) {
        String uri = cluster.client().getMasterUrl() + "api/v1/namespaces/" + cluster.name() + "/pods?labelSelector="
                + URLEncoder.encode(text, StandardCharsets.UTF_8);
        HttpClient http = cluster.client().getHttpClient();
        HttpResponse<String> response = http.sendAsync(
                        http.newHttpRequestBuilder()
                                .uri(uri)
                                .header("Accept", NAMES_ONLY)
                                .build(),
                        String.class)
                .join();
        if (response.code() == 400) {
            return REFUSED;
        }
        assertThat(response.code()).as("status for %s", text).isEqualTo(200);
        try {
            Set<String> names = new TreeSet<>();
            for (JsonNode item : json.readTree(response.body()).path("items")) {
                names.add(item.path("metadata").path("name").asText());
            }
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
