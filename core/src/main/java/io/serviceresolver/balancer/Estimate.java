package io.serviceresolver.balancer;

/** What a balancer knows of one candidate. */
interface Estimate {

    Candidate candidate();
}
