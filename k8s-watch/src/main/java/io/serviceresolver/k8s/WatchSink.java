package io.serviceresolver.k8s;

import io.serviceresolver.k8s.ApiFailure.Kind;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Cuts the answer to a watch request into frames, and reads them as they come. */
final class WatchSink<T> implements ApiSink {

    private final String what;
    private final ItemReader<T> reader;
    private final Listener<T> listener;

    /** The beginning of a frame; used by one thread at a time, as all of a sink is. */
    private final ByteArrayOutputStream frame = new ByteArrayOutputStream();

    /** Hears of the watch, in order. */
    interface Listener<T> {

        /** The server took the watch. */
        void opened();

        /**
         * Frames.
         *
         * @param frames in order, at least one; none comes after one that says that the watch cannot go on
         * @param more to be run when they are dealt with
         */
        void frames(List<WatchFrame<T>> frames, Runnable more);

        /** The server ended it without a complaint. */
        void ended();

        /** It could not begin, or broke off. */
        void failed(ApiFailure failure);
    }

    WatchSink(String what, ItemReader<T> reader, Listener<T> listener) {
        this.what = what;
        this.reader = reader;
        this.listener = listener;
    }

    @Override
    public void opened() {
        listener.opened();
    }

    @Override
    public void bytes(List<ByteBuffer> bytes, Runnable more) {
        List<WatchFrame<T>> frames = new ArrayList<>();
        for (ByteBuffer part : bytes) {
            while (part.hasRemaining()) {
                boolean complete = take(part);
                if (frame.size() > Json.MAX_OBJECT_BYTES) {
                    String problem = what + ": a frame of more than " + Json.MAX_OBJECT_BYTES + " bytes";
                    frames.add(new WatchFrame.Failed<>(new ApiFailure(Kind.GARBLED, problem)));
                } else if (complete && frame.size() > 0) {
                    frames.add(WatchFrame.read(frame.toByteArray(), reader, what));
                    frame.reset();
                }
                if (!frames.isEmpty() && frames.get(frames.size() - 1) instanceof WatchFrame.Failed) {
                    listener.frames(frames, () -> {});
                    return;
                }
            }
        }
        if (frames.isEmpty()) {
            more.run();
        } else {
            listener.frames(frames, more);
        }
    }

    /** Takes what belongs to the current frame: whether it is complete now. */
    private boolean take(ByteBuffer part) {
        int start = part.position();
        int end = start;
        while (end < part.limit() && part.get(end) != '\n') {
            end++;
        }
        byte[] copy = new byte[end - start];
        part.get(copy);
        frame.writeBytes(copy);
        if (part.hasRemaining()) {
            part.get();
            return true;
        }
        return false;
    }

    @Override
    public void ended() {
        listener.ended();
    }

    @Override
    public void failed(ApiFailure failure) {
        listener.failed(failure);
    }
}
