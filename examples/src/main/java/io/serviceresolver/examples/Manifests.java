package io.serviceresolver.examples;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;

/** The YAML files of {@code examples/manifests}, which this module's jar holds too. */
final class Manifests {

    private static final String FOLDER = "/manifests/";

    private Manifests() {}

    /** All objects of one file, in its order. */
    static List<HasMetadata> read(String file) {
        try (InputStream yaml = Manifests.class.getResourceAsStream(FOLDER + file)) {
            if (yaml == null) {
                throw new IllegalArgumentException("manifest: " + file + " (expected: a file of examples/manifests)");
            }
            Object read = new KubernetesSerialization().unmarshal(yaml);
            Collection<?> all = read instanceof Collection<?> several ? several : List.of(read);
            return all.stream().map(HasMetadata.class::cast).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one object of a kind in a file. */
    static <T extends HasMetadata> T read(String file, Class<T> kind) {
        return read(file).stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "manifest: " + file + " (expected: an object of kind " + kind.getSimpleName() + ")"));
    }
}
