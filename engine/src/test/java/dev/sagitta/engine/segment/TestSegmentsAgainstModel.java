package dev.sagitta.engine.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.catalog.ChunkDescriptor;
import dev.sagitta.engine.catalog.DeltaDescriptor;
import dev.sagitta.engine.catalog.SegmentDescriptor;
import dev.sagitta.engine.catalog.SegmentState;
import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.column.ColumnBatches;
import dev.sagitta.engine.column.PrimaryKeys;
import dev.sagitta.engine.column.RandomBatches;
import dev.sagitta.engine.index.hnsw.GrowingHnswIndex;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.schema.MetricType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random appends, deletes, upserts and flushes; then the growing segment, and the sealed one opened
 * from its files, must answer every read as a plain model does.
 */
final class TestSegmentsAgainstModel {
  private static final long COLLECTION = 1;
  private static final long SEGMENT = 2;

  @TempDir Path directory;

  @Test
  void testRandomHistories() throws IOException {
    long seed = System.nanoTime();
    System.out.println("seed=" + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 8; round++) {
      DataType keyType = round % 2 == 0 ? DataType.INT64 : DataType.VARCHAR;
      history(random, RandomBatches.schema(keyType, 1 + random.nextInt(9)), round % 3 == 0);
    }
  }

  private void history(Random random, CollectionSchema schema, boolean indexed) throws IOException {
    ModelSegment model = new ModelSegment(schema);
    ChunkWriter writer = new ChunkWriter(directory, COLLECTION, SEGMENT);
    List<ChunkDescriptor> chunks = new ArrayList<>();
    List<DeltaDescriptor> deltas = new ArrayList<>();
    int flushed = 0;
    try (GrowingSegment growing = new GrowingSegment(COLLECTION, SEGMENT, 3, "v", schema)) {
      if (indexed) {
        int dimension = schema.field(101).orElseThrow().dimension();
        growing.attachIndex(101, MetricType.L2, new GrowingHnswIndex(MetricType.L2, dimension));
      }
      long timestamp = 100;
      for (int step = 0; step < 40; step++) {
        timestamp += random.nextInt(10);
        switch (random.nextInt(5)) {
          case 0, 1 -> append(random, growing, model, timestamp);
          case 2 -> {
            PrimaryKeys keys = model.randomKeys(random, 1 + random.nextInt(4));
            deltas.add(delete(growing, model, writer, deltas.size(), keys, timestamp));
          }
          case 3 -> {
            ColumnBatch rows = model.randomRows(random, 1 + random.nextInt(20));
            PrimaryKeys keys = ColumnBatches.primaryKeys(rows.column(100));
            deltas.add(delete(growing, model, writer, deltas.size(), keys, timestamp));
            growing.append(rows, timestamp);
            model.append(rows, timestamp);
          }
          default -> {
            int unindexed = growing.indexNext(101, 30);
            assertThat(unindexed).isBetween(0, model.rowCount());
            if (growing.rowCount() > flushed) {
              chunks.add(flush(writer, growing, schema, chunks.size(), flushed));
              flushed = growing.rowCount();
            }
          }
        }
        if (step % 8 == 0) {
          try (SegmentView view = growing.acquire()) {
            model.assertSame(view, random);
          }
        }
      }
      if (growing.rowCount() > flushed) {
        chunks.add(flush(writer, growing, schema, chunks.size(), flushed));
      }
    }
    SegmentDescriptor descriptor =
        new SegmentDescriptor(
            SEGMENT, COLLECTION, 3, "v", SegmentState.SEALED, chunks, deltas, List.of());
    reopen(random, schema, model, descriptor);
  }

  private static void append(
      Random random, GrowingSegment growing, ModelSegment model, long timestamp) {
    ColumnBatch rows = model.randomRows(random, random.nextInt(50));
    growing.append(rows, timestamp);
    model.append(rows, timestamp);
  }

  private static DeltaDescriptor delete(
      GrowingSegment growing,
      ModelSegment model,
      ChunkWriter writer,
      int number,
      PrimaryKeys keys,
      long timestamp)
      throws IOException {
    assertThat(growing.delete(keys, timestamp)).isEqualTo(model.delete(keys, timestamp));
    long[] timestamps = new long[keys.size()];
    Arrays.fill(timestamps, timestamp);
    return writer.writeDelta(number, keys, timestamps).descriptor();
  }

  private static ChunkDescriptor flush(
      ChunkWriter writer, GrowingSegment growing, CollectionSchema schema, int number, int from)
      throws IOException {
    try (SegmentView view = growing.acquire()) {
      return writer.writeChunk(number, schema, view, from, view.rowCount()).descriptor();
    }
  }

  private void reopen(
      Random random, CollectionSchema schema, ModelSegment model, SegmentDescriptor descriptor)
      throws IOException {
    assertThat(descriptor.rowCount()).isEqualTo(model.rowCount());
    try (SealedSegment sealed = SealedSegment.open(descriptor, schema, directory::resolve)) {
      sealed.verify();
      try (SegmentView view = sealed.acquire()) {
        model.assertSame(view, random);
      }
    }
  }

  /** A delete may reach the log before a row with a smaller timestamp; its delta hides the row. */
  @Test
  void testDeltaHidesRowsThatCameLate() throws IOException {
    CollectionSchema schema = RandomBatches.schema(DataType.INT64, 2);
    ModelSegment model = new ModelSegment(schema);
    ChunkWriter writer = new ChunkWriter(directory, COLLECTION, SEGMENT);
    PrimaryKeys keys;
    ChunkDescriptor chunk;
    try (GrowingSegment growing = new GrowingSegment(COLLECTION, SEGMENT, 3, "v", schema)) {
      ColumnBatch rows = model.randomRows(new Random(1), 1);
      keys = ColumnBatches.primaryKeys(rows.column(100));
      assertThat(growing.delete(keys, 20)).isZero();
      growing.append(rows, 10);
      growing.append(rows, 20);
      growing.append(rows, 30);
      chunk = flush(writer, growing, schema, 0, 0);
    }
    DeltaDescriptor delta = writer.writeDelta(0, keys, new long[] {20}).descriptor();
    SegmentDescriptor descriptor =
        new SegmentDescriptor(
            SEGMENT,
            COLLECTION,
            3,
            "v",
            SegmentState.SEALED,
            List.of(chunk),
            List.of(delta),
            List.of());
    try (SealedSegment sealed = SealedSegment.open(descriptor, schema, directory::resolve);
        SegmentView view = sealed.acquire()) {
      RowBitmap visible = view.visibleRows(Long.MAX_VALUE).orElseThrow();
      assertThat(visible.contains(0)).isFalse();
      assertThat(visible.contains(1)).isTrue();
      assertThat(visible.contains(2)).isTrue();
      assertThat(sealed.visibleRowCount()).isEqualTo(2);
      assertThat(sealed.delete(keys, 25)).isEqualTo(1);
      assertThat(view.visibleRows(Long.MAX_VALUE).orElseThrow().cardinality()).isEqualTo(2);
      try (SegmentView later = sealed.acquire()) {
        assertThat(later.visibleRows(Long.MAX_VALUE).orElseThrow().cardinality()).isEqualTo(1);
        assertThat(later.visibleRows(24).orElseThrow().cardinality()).isEqualTo(1);
      }
    }
  }

  @Test
  void testFieldsAddedLater() throws IOException {
    CollectionSchema before = RandomBatches.schema(DataType.INT64, 2);
    List<FieldSchema> fields = new ArrayList<>(before.fields());
    fields.add(FieldSchema.of(500, "added", DataType.VARCHAR).withDefaultValue("x"));
    fields.add(FieldSchema.of(501, "nothing", DataType.INT8).asNullable());
    CollectionSchema after = new CollectionSchema("c", "", fields, false);
    Random random = new Random(5);
    ModelSegment model = new ModelSegment(before);
    ChunkWriter writer = new ChunkWriter(directory, COLLECTION, SEGMENT);
    List<ChunkDescriptor> chunks = new ArrayList<>();
    try (GrowingSegment growing = new GrowingSegment(COLLECTION, SEGMENT, 3, "v", before)) {
      growing.append(model.randomRows(random, 10), 1);
      chunks.add(flush(writer, growing, before, 0, 0));
      growing.updateSchema(after);
      growing.append(model.randomRows(random, 1), 2);
      growing.append(RandomBatches.batch(random, fields, 1), 3);
      try (SegmentView view = growing.acquire()) {
        assertThat(RandomBatches.value(view.column(500), 3)).isEqualTo("'x");
        assertThat(RandomBatches.value(view.column(500), 10)).isEqualTo("'x");
        assertThat(view.column(501).isNull(3)).isTrue();
      }
      chunks.add(flush(writer, growing, after, 1, 10));
    }
    SegmentDescriptor descriptor =
        new SegmentDescriptor(
            SEGMENT, COLLECTION, 3, "v", SegmentState.SEALED, chunks, List.of(), List.of());
    try (SealedSegment sealed = SealedSegment.open(descriptor, after, directory::resolve);
        SegmentView view = sealed.acquire()) {
      assertThat(RandomBatches.value(view.column(500), 3)).isEqualTo("'x");
      assertThat(RandomBatches.value(view.column(500), 10)).isEqualTo("'x");
      assertThat(view.column(501).isNull(3)).isTrue();
      assertThat(view.column(501).mayHaveNulls()).isTrue();
    }
  }

  @Test
  void testUseAfterCloseFails() {
    CollectionSchema schema = RandomBatches.schema(DataType.INT64, 2);
    ModelSegment model = new ModelSegment(schema);
    GrowingSegment growing = new GrowingSegment(COLLECTION, SEGMENT, 3, "v", schema);
    growing.append(model.randomRows(new Random(1), 10), 1);
    SegmentView view = growing.acquire();
    Column column = view.column(101);
    growing.close();
    growing.close();
    assertThatThrownBy(growing::acquire).isInstanceOf(IllegalStateException.class);
    assertThat(RandomBatches.value(column, 9)).isNotNull();
    view.close();
    view.close();
    assertThatThrownBy(() -> view.column(101)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> RandomBatches.value(column, 9))
        .isInstanceOf(IllegalStateException.class);
  }
}
