package dev.sagitta.engine.segment;

import dev.sagitta.engine.column.PrimaryKeys;

/** Finds rows by primary key in one kind of segment. */
@FunctionalInterface
interface RowFinder {
  /** The rows below {@code rowCount} with one of the keys, in any order, perhaps repeated. */
  RowList find(PrimaryKeys keys, int rowCount);
}
