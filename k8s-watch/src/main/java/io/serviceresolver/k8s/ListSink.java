package io.serviceresolver.k8s;

import io.serviceresolver.k8s.ApiFailure.Kind;
import io.serviceresolver.text.Printable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** Collects the answer to a list request, and reads it when it is complete. */
final class ListSink<T> implements ApiSink {

    private static final int MAX_BYTES = 64 * 1024 * 1024;

    private final String what;
    private final ItemReader<T> reader;
    private final Consumer<ListPage<T>> onPage;
    private final Consumer<ApiFailure> onFailure;

    /** Used by one thread at a time, as all of a sink is. */
    private final ByteParts body = new ByteParts();

    ListSink(String what, ItemReader<T> reader, Consumer<ListPage<T>> onPage, Consumer<ApiFailure> onFailure) {
        this.what = what;
        this.reader = reader;
        this.onPage = onPage;
        this.onFailure = onFailure;
    }

    @Override
    public void opened() {
        // The answer counts when it is complete.
    }

    @Override
    public void bytes(List<ByteBuffer> bytes, Runnable more) {
        for (ByteBuffer part : bytes) {
            if (part.remaining() > MAX_BYTES - body.size()) {
                failed(new ApiFailure(Kind.TOO_LARGE, what + ": more than " + MAX_BYTES + " bytes"));
                return;
            }
            body.add(part);
        }
        more.run();
    }

    @Override
    public void ended() {
        ListPage<T> page;
        try {
            page = ListPage.read(body, reader);
        } catch (IOException e) {
            failed(new ApiFailure(Kind.GARBLED, what + ": " + Printable.of(Objects.toString(e.getMessage(), ""))));
            return;
        }
        onPage.accept(page);
    }

    @Override
    public void failed(ApiFailure failure) {
        onFailure.accept(failure);
    }
}
