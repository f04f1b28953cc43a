package dev.sagitta.engine.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.column.ColumnBatches;
import dev.sagitta.engine.column.PrimaryKeys;
import dev.sagitta.engine.column.RandomBatches;
import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.index.QueryVector;
import dev.sagitta.engine.index.TopRows;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.schema.MetricType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** What a segment must answer, kept as plain objects. */
final class ModelSegment {
  private static final int KEY_COUNT = 60;

  /** A row and since when it is hidden. */
  private static final class Row {
    private final Object key;
    private final Map<Long, Object> values = new HashMap<>();
    private final long timestamp;
    private long hiddenSince = Long.MAX_VALUE;

    private Row(Object key, long timestamp) {
      this.key = key;
      this.timestamp = timestamp;
    }
  }

  private final CollectionSchema schema;
  private final boolean integers;
  private final List<Row> rows = new ArrayList<>();

  ModelSegment(CollectionSchema schema) {
    this.schema = schema;
    this.integers = schema.primaryKey().type() == DataType.INT64;
  }

  int rowCount() {
    return rows.size();
  }

  /** Random rows whose keys are few, so that they repeat. */
  ColumnBatch randomRows(Random random, int count) {
    ColumnBatch batch = RandomBatches.batch(random, schema.fields(), count);
    Map<Long, Column> columns = new LinkedHashMap<>(batch.columns());
    columns.put(schema.primaryKey().id(), ColumnBatches.ofPrimaryKeys(randomKeys(random, count)));
    return new ColumnBatch(count, columns);
  }

  PrimaryKeys randomKeys(Random random, int count) {
    int[] keys = IntStream.range(0, count).map(i -> random.nextInt(KEY_COUNT)).toArray();
    return integers
        ? new PrimaryKeys.LongKeys(IntStream.of(keys).mapToLong(key -> key - 30L).toArray())
        : new PrimaryKeys.StringKeys(
            IntStream.of(keys).mapToObj(key -> "kü" + key).toArray(String[]::new));
  }

  void append(ColumnBatch batch, long timestamp) {
    PrimaryKeys keys = ColumnBatches.primaryKeys(batch.column(schema.primaryKey().id()));
    for (int i = 0; i < batch.rowCount(); i++) {
      Row row = new Row(keyAt(keys, i), timestamp);
      int position = i;
      batch
          .columns()
          .forEach((id, column) -> row.values.put(id, RandomBatches.value(column, position)));
      rows.add(row);
    }
  }

  int delete(PrimaryKeys keys, long timestamp) {
    int hidden = 0;
    for (int i = 0; i < keys.size(); i++) {
      for (Row row : rows) {
        if (row.key.equals(keyAt(keys, i))
            && row.timestamp < timestamp
            && row.hiddenSince == Long.MAX_VALUE) {
          row.hiddenSince = timestamp;
          hidden++;
        }
      }
    }
    return hidden;
  }

  static Object keyAt(PrimaryKeys keys, int index) {
    return switch (keys) {
      case PrimaryKeys.LongKeys integers -> integers.values()[index];
      case PrimaryKeys.StringKeys strings -> strings.values()[index];
    };
  }

  /** Compares every read of a view with this model. */
  void assertSame(SegmentView view, Random random) {
    assertThat(view.rowCount()).isEqualTo(rows.size());
    for (FieldSchema field : schema.fields()) {
      Column column = view.column(field.id());
      assertThat(column.rowCount()).isEqualTo(rows.size());
      List<Object> actual = new ArrayList<>();
      List<Object> expected = new ArrayList<>();
      for (int row = 0; row < rows.size(); row++) {
        actual.add(RandomBatches.value(column, row));
        expected.add(rows.get(row).values.get(field.id()));
      }
      assertThat(actual).as("field=%s", field.name()).isEqualTo(expected);
    }
    for (int row = 0; row < rows.size(); row++) {
      assertThat(view.timestamps().longAt(row)).isEqualTo(rows.get(row).timestamp);
    }
    assertVisible(view, Long.MAX_VALUE);
    assertVisible(view, random.nextInt(1000));
    assertFound(view, randomKeys(random, 5));
    assertNearest(view, random);
  }

  private void assertVisible(SegmentView view, long timestamp) {
    RowBitmap visible =
        view.visibleRows(timestamp).orElseGet(() -> RowBitmap.full(view.rowCount()));
    assertThat(visible.rowCount()).isEqualTo(rows.size());
    for (int row = 0; row < rows.size(); row++) {
      assertThat(visible.contains(row)).isEqualTo(isVisible(rows.get(row), timestamp));
    }
  }

  private static boolean isVisible(Row row, long timestamp) {
    boolean hidden = row.hiddenSince != Long.MAX_VALUE && row.hiddenSince <= timestamp;
    return row.timestamp <= timestamp && !hidden;
  }

  private void assertFound(SegmentView view, PrimaryKeys keys) {
    int[] expected =
        IntStream.range(0, rows.size())
            .filter(
                row ->
                    IntStream.range(0, keys.size())
                        .anyMatch(i -> keyAt(keys, i).equals(rows.get(row).key)))
            .toArray();
    assertThat(view.find(keys)).isEqualTo(expected);
    if (expected.length > 0) {
      assertThat(view.mayContain(keys)).isTrue();
    }
  }

  /** The exact nearest visible rows, by squared distance. */
  private void assertNearest(SegmentView view, Random random) {
    FieldSchema field = schema.vectorFields().getFirst();
    float[] query = RandomBatches.vector(random, field.dimension());
    TopRows top = new TopRows(3, false);
    Optional<RowBitmap> visible = view.visibleRows(Long.MAX_VALUE);
    view.vectorSearch(
        field.id(),
        MetricType.L2,
        List.of(QueryVector.of(query)),
        IndexSearchParameters.DEFAULT,
        visible,
        List.of(top));
    top.sortBestFirst();
    double[] expected =
        rows.stream()
            .filter(row -> row.hiddenSince == Long.MAX_VALUE)
            .mapToDouble(row -> squaredDistance(query, (List<?>) row.values.get(field.id())))
            .sorted()
            .limit(3)
            .toArray();
    assertThat(top.size()).isEqualTo(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) top.scoreAt(i)).isCloseTo(expected[i], offset(1e-4));
    }
  }

  private static double squaredDistance(float[] query, List<?> vector) {
    double sum = 0;
    for (int i = 0; i < query.length; i++) {
      double difference = query[i] - (Float) vector.get(i);
      sum += difference * difference;
    }
    return sum;
  }
}
