package io.serviceresolver.benchmarks.peers;

import com.twitter.finagle.ClientConnection;
import com.twitter.finagle.NoBrokersAvailableException;
import com.twitter.finagle.Service;
import com.twitter.finagle.ServiceFactory;
import com.twitter.finagle.Stack;
import com.twitter.finagle.loadbalancer.Balancers;
import com.twitter.finagle.loadbalancer.EndpointFactory;
import com.twitter.finagle.loadbalancer.LoadBalancerFactory;
import com.twitter.util.Activity;
import com.twitter.util.Await;
import com.twitter.util.Future;
import com.twitter.util.Return;
import com.twitter.util.Try;
import com.twitter.util.Witness;
import io.serviceresolver.benchmarks.subject.Subject;
import scala.Tuple2;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Vector;
import scala.jdk.javaapi.CollectionConverters;

/** Finagle: a balancer over endpoints whose sessions open at once; a call is a session that is closed when it ends. */
final class Finagle implements Subject {

    private final Addresses<EndpointFactory<Object, Object>> addresses;
    private final Witness<Try<IndexedSeq<EndpointFactory<Object, Object>>>> discovery;
    private final ServiceFactory<Object, Object> balancer;

    private Finagle(LoadBalancerFactory policy, int count) {
        addresses = new Addresses<>(count, FinagleEndpoint::new);
        Tuple2<
                        Activity<IndexedSeq<EndpointFactory<Object, Object>>>,
                        Witness<Try<IndexedSeq<EndpointFactory<Object, Object>>>>>
                found = Activity.apply();
        discovery = found._2();
        publish();
        balancer = policy.newBalancer(
                found._1(), new NoBrokersAvailableException("skippy"), Stack.Params$.MODULE$.empty());
    }

    static Finagle roundRobin(int count) {
        return new Finagle(Balancers.roundRobin(), count);
    }

    static Finagle heap(int count) {
        return new Finagle(Balancers.heap(Balancers.heap$default$1()), count);
    }

    static Finagle twoChoices(int count) {
        return new Finagle(Balancers.p2c(Balancers.p2c$default$1()), count);
    }

    static Finagle peakEwma(int count) {
        return new Finagle(
                Balancers.p2cPeakEwma(Balancers.p2cPeakEwma$default$1(), Balancers.p2cPeakEwma$default$2()), count);
    }

    private void publish() {
        discovery.notify(new Return<>(Vector.from(CollectionConverters.asScala(addresses.all()))));
    }

    private static <T> T result(Future<T> future) {
        try {
            return Await.result(future);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Object pick() {
        Service<Object, Object> session = open();
        Object endpoint = result(session.apply("which"));
        session.close();
        return endpoint;
    }

    private Service<Object, Object> open() {
        return result(balancer.apply(ClientConnection.nil()));
    }

    @Override
    public Object begin() {
        return open();
    }

    @Override
    public void end(Object call) {
        ((Service<?, ?>) call).close();
    }

    @Override
    public void update() {
        addresses.replace();
        publish();
    }

    @Override
    public void close() {
        balancer.close();
    }
}
