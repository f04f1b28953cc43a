package dev.sagitta.proxy.read;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.column.ColumnBatches;
import dev.sagitta.engine.column.PrimaryKeys;
import dev.sagitta.engine.column.VectorColumn;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.time.Deadline;
import dev.sagitta.proxy.KeyLists;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Looks up the vectors of stored rows, to search for rows like them. */
final class StoredVectors {
  private final RowReader rows;

  StoredVectors(RowReader rows) {
    this.rows = requireNonNull(rows, "rows is null");
  }

  /**
   * The vectors of the keys, a row each.
   *
   * @throws SagittaException INVALID_PARAMETER naming a key without a row or without a vector
   */
  VectorColumn of(ReadScope scope, FieldSchema field, PrimaryKeys keys, Deadline deadline) {
    long keyFieldId = scope.collection().schema().primaryKey().id();
    ColumnBatch found = rows.rowsOf(scope, keys, List.of(keyFieldId, field.id()), deadline);
    Column vectors = found.column(field.id());
    PrimaryKeys foundKeys = ColumnBatches.primaryKeys(found.column(keyFieldId));
    Map<Object, Integer> rowOfKey = new HashMap<>();
    for (int row = 0; row < foundKeys.size(); row++) {
      rowOfKey.put(KeyLists.get(foundKeys, row), row);
    }
    int[] rowOfQuery = new int[keys.size()];
    for (int i = 0; i < keys.size(); i++) {
      Object key = KeyLists.get(keys, i);
      Integer row = rowOfKey.get(key);
      if (row == null) {
        throw SagittaException.invalidParameter(
            "no vector is stored for the primary key: field=" + field.name() + " value=" + key);
      }
      if (vectors.isNull(row)) {
        throw SagittaException.invalidParameter(
            "the vector of the primary key is null: field=" + field.name() + " value=" + key);
      }
      rowOfQuery[i] = row;
    }
    return (VectorColumn) ColumnBatches.select(vectors, rowOfQuery);
  }
}
