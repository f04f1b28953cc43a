package dev.sagitta.engine.scalarindex;

import dev.sagitta.engine.column.ColumnSource;
import java.util.List;

/** Columns of which some have indexes. */
public interface IndexedColumns extends ColumnSource {
  /** Indexes of the field over the rows of this source; empty if there are none. */
  List<ScalarIndex> scalarIndexes(long fieldId);
}
