package dev.sagitta.proxy.fakes;

import dev.sagitta.engine.column.ColumnBatch;

/** A stored row: a place in the batch that it came with. */
public record FakeRow(Object key, long partitionId, long timestamp, ColumnBatch batch, int row) {}
