package io.serviceresolver.k8s;

import java.util.concurrent.ThreadFactory;

/**
 * Makes daemon threads of one name. They outlive whoever happens to need them first, so they have neither the inheritable
 * thread locals of that thread nor its context class loader.
 */
record DaemonThreads(String name) implements ThreadFactory {

    @Override
    public Thread newThread(Runnable task) {
        Thread thread = new Thread(null, task, name, 0, false);
        thread.setContextClassLoader(DaemonThreads.class.getClassLoader());
        thread.setDaemon(true);
        return thread;
    }
}
