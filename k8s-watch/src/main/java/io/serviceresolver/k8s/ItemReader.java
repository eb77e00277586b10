package io.serviceresolver.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Reads the objects of one collection. Thread-safe, and never throws, whatever the object looks like. */
interface ItemReader<T> {

    /** Whether the object is of the kind and namespace that was asked for, and has a name. */
    boolean concerns(JsonNode object);

    /** What it says; nothing where it is none of ours, or is of no use. */
    Optional<T> read(JsonNode object);
}
