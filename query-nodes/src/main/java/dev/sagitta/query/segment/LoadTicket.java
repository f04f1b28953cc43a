package dev.sagitta.query.segment;

/**
 * A running load of a sealed segment.
 *
 * @param start position of the first delete that the catalog may not have had when it began
 */
public record LoadTicket(long start) {}
