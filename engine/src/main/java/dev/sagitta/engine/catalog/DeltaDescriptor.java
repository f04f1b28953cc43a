package dev.sagitta.engine.catalog;

/** One file of deletes of a segment. */
public record DeltaDescriptor(long number, int deleteCount, long sizeInBytes) {}
