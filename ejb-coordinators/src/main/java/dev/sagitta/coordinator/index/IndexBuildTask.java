package dev.sagitta.coordinator.index;

/** One build to do; everything else is read from the catalog when the work begins. */
public record IndexBuildTask(long collectionId, long segmentId, long indexId, long buildId) {}
