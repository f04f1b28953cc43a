package dev.sagitta.engine.storage;

/**
 * What a file belongs to; written into its header and checked when it is opened.
 *
 * @param collectionId collection
 * @param segmentId segment
 * @param fieldId field of a binlog, 0 for other kinds
 * @param number number of the chunk or delta, or the index build in its segment
 */
public record FileIdentity(long collectionId, long segmentId, long fieldId, long number) {}
