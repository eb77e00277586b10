package io.serviceresolver.interop.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code docs/integrations.md} shows is code of the tests, but for white space. */
class SnippetsTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern SNIPPET = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern WHITE_SPACE = Pattern.compile("\\s+");

    @Test
    void areCodeOfTheTests() throws Exception {
        String tests = code("interop") + code("core");
        List<String> snippets = SNIPPET.matcher(Files.readString(ROOT.resolve("docs/integrations.md")))
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(snippets)
                .isNotEmpty()
                .allSatisfy(snippet -> assertThat(tests.contains(packed(snippet)))
                        .as("is code of a test: %s", snippet)
                        .isTrue());
    }

    private static String code(String module) throws IOException {
        StringBuilder code = new StringBuilder();
        try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                code.append(packed(Files.readString(file)));
            }
        }
        return code.toString();
    }

    private static String packed(String text) {
        return WHITE_SPACE.matcher(text).replaceAll("");
    }
}
