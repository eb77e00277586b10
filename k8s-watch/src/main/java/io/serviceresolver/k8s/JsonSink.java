package io.serviceresolver.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import io.serviceresolver.k8s.ApiFailure.Kind;
import io.serviceresolver.text.Printable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;

/** Collects one small object, and reads it when it is complete. */
final class JsonSink implements ApiSink {

    private static final int MAX_BYTES = 256 * 1024;

    private final String what;
    private final Consumer<JsonNode> onObject;
    private final Consumer<ApiFailure> onFailure;

    /** Used by one thread at a time, as all of a sink is. */
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    JsonSink(String what, Consumer<JsonNode> onObject, Consumer<ApiFailure> onFailure) {
        this.what = what;
        this.onObject = onObject;
        this.onFailure = onFailure;
    }

    @Override
    public void opened() {
        // The answer counts when it is complete.
    }

    @Override
    public void bytes(List<ByteBuffer> bytes, Runnable more) {
        for (ByteBuffer part : bytes) {
            byte[] copy = new byte[Math.min(part.remaining(), MAX_BYTES - body.size())];
            part.get(copy);
            body.writeBytes(copy);
        }
        more.run();
    }

    @Override
    public void ended() {
        JsonNode object;
        try {
            object = Json.tree(body.toByteArray());
        } catch (IOException e) {
            String problem = Printable.of(String.valueOf(e.getMessage()));
            onFailure.accept(new ApiFailure(Kind.GARBLED, what + ": " + problem));
            return;
        }
        onObject.accept(object);
    }

    @Override
    public void failed(ApiFailure failure) {
        onFailure.accept(failure);
    }
}
