package io.serviceresolver.benchmarks.peers;

import com.twitter.finagle.Address;
import com.twitter.finagle.ClientConnection;
import com.twitter.finagle.Service;
import com.twitter.finagle.ServiceFactory;
import com.twitter.finagle.Status;
import com.twitter.finagle.loadbalancer.EndpointFactory;
import com.twitter.util.Future;
import com.twitter.util.Time;
import scala.runtime.BoxedUnit;

/** An endpoint of Finagle that has one service, which is open all the time. */
final class FinagleEndpoint extends ServiceFactory<Object, Object> implements EndpointFactory<Object, Object> {

    private final Address address;
    private final Future<Service<Object, Object>> service = Future.value(new Open());

    FinagleEndpoint(int number) {
        address = Address.apply(Addresses.host(number), Addresses.PORT);
    }

    @Override
    public Future<Service<Object, Object>> apply(ClientConnection connection) {
        return service;
    }

    @Override
    public Address address() {
        return address;
    }

    @Override
    public void remake() {}

    @Override
    public Status status() {
        return Status.Open$.MODULE$;
    }

    @Override
    public Future<BoxedUnit> close(Time deadline) {
        return Future.Done();
    }

    private final class Open extends Service<Object, Object> {

        @Override
        public Future<Object> apply(Object request) {
            return Future.value(FinagleEndpoint.this);
        }
    }
}
