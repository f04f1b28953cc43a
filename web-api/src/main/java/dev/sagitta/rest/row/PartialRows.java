package dev.sagitta.rest.row;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.ColumnBatch;
import java.util.BitSet;
import java.util.Map;

/**
 * Rows of which some fields may be absent.
 *
 * @param rows the given values; null where a row does not name the field
 * @param given by field, which rows name it; of the dynamic field: which name any of its keys
 */
public record PartialRows(ColumnBatch rows, Map<Long, BitSet> given) {
  public PartialRows {
    requireNonNull(rows, "rows is null");
    given = Map.copyOf(requireNonNull(given, "given is null"));
  }

  public boolean isGiven(long fieldId, int row) {
    BitSet rowsOfField = given.get(fieldId);
    return rowsOfField != null && rowsOfField.get(row);
  }
}
