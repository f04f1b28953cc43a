package dev.sagitta.query.read;

import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.column.ColumnBuilder;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.segment.SegmentView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/** Gathers fields of rows that lie in several views. */
final class RowFetcher {
  private RowFetcher() {}

  /**
   * The fields of the rows, in their order.
   *
   * @param viewOfRow number of the view of each row
   * @param rowInView number of the row in its view
   */
  static ColumnBatch fetch(
      CollectionSchema schema,
      List<SegmentView> views,
      int count,
      IntUnaryOperator viewOfRow,
      IntUnaryOperator rowInView,
      Iterable<Long> fieldIds) {
    Map<Long, Column> columns = new LinkedHashMap<>();
    for (long fieldId : fieldIds) {
      FieldSchema field =
          schema
              .field(fieldId)
              .orElseThrow(
                  () ->
                      new SagittaException(
                          ErrorCode.FIELD_NOT_FOUND, "field not found[field=" + fieldId + "]"));
      ColumnBuilder builder = ColumnBuilder.forField(field, count);
      Column[] sources = new Column[views.size()];
      for (int i = 0; i < count; i++) {
        int view = viewOfRow.applyAsInt(i);
        if (sources[view] == null) {
          sources[view] = views.get(view).column(fieldId);
        }
        builder.appendFrom(sources[view], rowInView.applyAsInt(i));
      }
      columns.put(fieldId, builder.build());
    }
    return new ColumnBatch(count, columns);
  }
}
