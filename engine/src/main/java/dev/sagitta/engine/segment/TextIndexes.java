package dev.sagitta.engine.segment;

import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.StringColumn;
import dev.sagitta.engine.scalarindex.ScalarIndex;
import dev.sagitta.engine.scalarindex.words.GrowingTextIndex;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.text.TextAnalyzers;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Text indexes in memory of a segment's fields with {@code enable_match}, made at first use. */
final class TextIndexes {
  private final Map<Long, GrowingTextIndex> byField = new ConcurrentHashMap<>();

  /** The index of the column's rows, if the field's words may be asked for. */
  Optional<ScalarIndex> over(CollectionSchema schema, long fieldId, Column column) {
    return index(schema, fieldId).map(index -> index.over((StringColumn) column));
  }

  Optional<GrowingTextIndex> index(CollectionSchema schema, long fieldId) {
    return schema.field(fieldId).filter(FieldSchema::matched).map(this::index);
  }

  private GrowingTextIndex index(FieldSchema field) {
    return byField.computeIfAbsent(
        field.id(), _ -> new GrowingTextIndex(TextAnalyzers.of(field.analyzerParameters())));
  }

  /** Forgets the field's index: there is a file now. Who uses it may go on. */
  void drop(long fieldId) {
    byField.remove(fieldId);
  }

  long memoryBytes() {
    return byField.values().stream().mapToLong(GrowingTextIndex::memoryBytes).sum();
  }
}
