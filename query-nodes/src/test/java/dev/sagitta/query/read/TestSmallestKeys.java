package dev.sagitta.query.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.column.ColumnBuilder;
import dev.sagitta.engine.column.LongColumn;
import dev.sagitta.engine.column.StringColumn;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.segment.GrowingSegment;
import dev.sagitta.engine.segment.SegmentView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class TestSmallestKeys {
  private static final long KEY = 100;

  /** A row where the oracle keeps it. */
  private record Place(int view, int row, long timestamp) {}

  @ParameterizedTest
  @EnumSource(names = {"INT64", "VARCHAR"})
  void keepsYoungestRowsOfSmallestKeys(DataType type) {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int trial = 0; trial < 60; trial++) {
      int viewCount = 1 + random.nextInt(3);
      int limit = List.of(1, 2, 10, 100, 1000).get(random.nextInt(5));
      int keyRange = 1 + random.nextInt(2000);
      List<GrowingSegment> segments = new ArrayList<>();
      for (int i = 0; i < viewCount; i++) {
        segments.add(segment(type, i, random, keyRange));
      }
      List<SegmentView> views = segments.stream().map(GrowingSegment::acquire).toList();
      SmallestKeys smallest = new SmallestKeys(views, limit);
      TreeMap<byte[], Place> expected = new TreeMap<>(Arrays::compareUnsigned);
      for (int i = 0; i < viewCount; i++) {
        Optional<RowBitmap> selected = selection(views.get(i), random);
        smallest.offer(i, selected);
        addAll(expected, i, views.get(i), selected);
      }
      smallest.finish();

      List<Place> found = new ArrayList<>();
      for (int i = 0; i < smallest.size(); i++) {
        int view = smallest.viewAt(i);
        int row = smallest.rowAt(i);
        found.add(new Place(view, row, views.get(view).timestamps().longAt(row)));
      }
      assertThat(found).isEqualTo(expected.values().stream().limit(limit).toList());
      views.forEach(SegmentView::close);
      segments.forEach(GrowingSegment::close);
    }
  }

  private static void addAll(
      Map<byte[], Place> expected, int view, SegmentView rows, Optional<RowBitmap> selected) {
    for (int row = 0; row < rows.rowCount(); row++) {
      if (selected.isEmpty() || selected.get().contains(row)) {
        Place place = new Place(view, row, rows.timestamps().longAt(row));
        expected.merge(
            sortable(rows.primaryKeys(), row),
            place,
            (left, right) -> right.timestamp > left.timestamp ? right : left);
      }
    }
  }

  /** The key as bytes whose order is the keys' order. */
  private static byte[] sortable(Column keys, int row) {
    if (keys instanceof StringColumn strings) {
      return strings.stringAt(row).getBytes(UTF_8);
    }
    long value = ((LongColumn) keys).longAt(row) ^ Long.MIN_VALUE;
    return java.nio.ByteBuffer.allocate(Long.BYTES).putLong(value).array();
  }

  private static Optional<RowBitmap> selection(SegmentView view, Random random) {
    if (random.nextInt(3) == 0) {
      return Optional.empty();
    }
    RowBitmap rows = new RowBitmap(view.rowCount());
    int share = 1 + random.nextInt(10);
    for (int row = 0; row < view.rowCount(); row++) {
      if (random.nextInt(share) == 0) {
        rows.add(row);
      }
    }
    return Optional.of(rows);
  }

  /** Timestamps differ in all rows, so that there is one youngest row of each key. */
  private static GrowingSegment segment(DataType type, int number, Random random, int keyRange) {
    FieldSchema key = primaryKey(type);
    CollectionSchema schema = new CollectionSchema("c", "", List.of(key), false);
    GrowingSegment segment = new GrowingSegment(1, number, 1, "v", schema);
    int rowCount = random.nextInt(3000);
    int order = random.nextInt(3);
    for (int row = 0; row < rowCount; row++) {
      int value =
          switch (order) {
            case 0 -> row;
            case 1 -> rowCount - row;
            default -> random.nextInt(keyRange) - keyRange / 2;
          };
      ColumnBuilder builder = ColumnBuilder.forField(key, 1);
      if (type == DataType.INT64) {
        builder.appendLong(value);
      } else {
        builder.appendString("k" + value);
      }
      segment.append(new ColumnBatch(1, Map.of(KEY, builder.build())), 10L * row + number);
    }
    return segment;
  }

  private static FieldSchema primaryKey(DataType type) {
    return new FieldSchema(
        KEY,
        "id",
        type,
        Optional.empty(),
        "",
        true,
        false,
        false,
        false,
        false,
        Optional.empty(),
        false,
        Map.of());
  }
}
