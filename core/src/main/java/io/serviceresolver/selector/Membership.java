package io.serviceresolver.selector;

/**
 * That a selector matches an object.
 *
 * @param <S> what selectors are known by
 * @param <T> what objects are known by
 * @param selector the selector that matches
 * @param object the object that is matched
 */
public record Membership<S, T>(S selector, T object) {}
