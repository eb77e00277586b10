package io.serviceresolver.k8s;

import java.util.Collection;
import java.util.List;

/** What is known besides the Service object. What is asked for here is followed from then on. */
interface Around {

    /** Which families of addresses may be called. */
    FamilyOrder order(ServiceView service);

    /** From which kinds of addresses of a node one is taken, the preferred kind first. */
    List<NodeAddressType> nodeAddressTypes();

    /** The addresses of a DNS name, in canonical form. */
    Knowledge<List<String>> host(String name);

    /** All nodes. */
    Knowledge<Collection<NodeView>> nodes();

    /** The slices of the Service. */
    Knowledge<Collection<Slice>> slices();
}
