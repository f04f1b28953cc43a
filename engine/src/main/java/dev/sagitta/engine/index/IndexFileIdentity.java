package dev.sagitta.engine.index;

/** What an index file belongs to; written into its header and checked on opening. */
public record IndexFileIdentity(long collectionId, long segmentId, long fieldId, long buildId) {}
