package io.serviceresolver.dns;

import io.serviceresolver.source.SourceContext;
import io.serviceresolver.testkit.VirtualTime;

/** Virtual time as a source sees it, without jitter. */
final class VirtualContext {

    final VirtualTime time = new VirtualTime();
    final SignallingScheduler scheduler = new SignallingScheduler(time);

    SourceContext context() {
        return new SourceContext(time::nanoTime, scheduler, () -> Long.MIN_VALUE, FollowedService.CLUSTER);
    }
}
