package dev.sagitta.engine.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.catalog.ChunkDescriptor;
import dev.sagitta.engine.catalog.SegmentDescriptor;
import dev.sagitta.engine.catalog.SegmentState;
import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.column.ColumnBuilder;
import dev.sagitta.engine.column.PrimaryKeys;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Views without expired rows against a plain list of timestamps and deletes, on random rows in
 * growing and sealed segments of several chunks.
 */
final class TestExpiredRows {
  private static final CollectionSchema SCHEMA =
      new CollectionSchema(
          "c", "", List.of(FieldSchema.of(100, "id", DataType.INT64).asPrimaryKey(false)), false);

  @TempDir Path directory;

  @Test
  void rowsWrittenUpToTheTimestampAreHidden() throws IOException {
    for (long seed = 0; seed < 30; seed++) {
      Random random = new Random(seed);
      List<Long> timestamps = new ArrayList<>();
      List<Boolean> deleted = new ArrayList<>();
      try (GrowingSegment growing = new GrowingSegment(1, seed + 1, 3, "v", SCHEMA)) {
        List<Integer> ends = fill(growing, random, timestamps);
        timestamps.forEach(_ -> deleted.add(false));
        for (int i = 0; i < random.nextInt(20); i++) {
          int row = random.nextInt(timestamps.size());
          int _ = growing.delete(key(row), Long.MAX_VALUE);
          deleted.set(row, true);
        }
        try (SealedSegment sealed = seal(growing, ends)) {
          for (int row = 0; row < timestamps.size(); row++) {
            if (deleted.get(row)) {
              int _ = sealed.delete(key(row), Long.MAX_VALUE);
            }
          }
          for (long expiredUntil = -1; expiredUntil <= 101; expiredUntil += 3) {
            String at = "seed=" + seed + " expiredUntil=" + expiredUntil;
            check(growing, expiredUntil, timestamps, deleted, at + " growing");
            check(sealed, expiredUntil, timestamps, deleted, at + " sealed");
          }
          assertThat(sealed.maxTimestamp()).isEqualTo(growing.maxTimestamp());
        }
      }
    }
  }

  @Test
  void aViewIsTakenOver() {
    try (GrowingSegment growing = new GrowingSegment(1, 2, 3, "v", SCHEMA)) {
      append(growing, 0, 5, 7);
      SegmentView whole = growing.acquire();
      SegmentView rest = whole.withoutExpired(6);
      assertThatThrownBy(whole::timestamps).isInstanceOf(IllegalStateException.class);
      whole.close();
      assertThat(rest.visibleRows(Long.MAX_VALUE)).isEmpty();
      assertThat(rest.timestamps().longAt(0)).isEqualTo(7);
      rest.close();
    }
  }

  private static List<Integer> fill(GrowingSegment growing, Random random, List<Long> timestamps) {
    List<Integer> ends = new ArrayList<>();
    for (int batch = 0; batch <= random.nextInt(6); batch++) {
      int count = random.nextInt(1, 90);
      long timestamp = random.nextInt(100);
      append(growing, timestamps.size(), count, timestamp);
      for (int i = 0; i < count; i++) {
        timestamps.add(timestamp);
      }
      ends.add(timestamps.size());
    }
    return ends;
  }

  private SealedSegment seal(GrowingSegment growing, List<Integer> ends) throws IOException {
    SegmentDescriptor descriptor =
        new SegmentDescriptor(
            growing.id(),
            1,
            3,
            "v",
            SegmentState.SEALED,
            chunks(growing, ends),
            List.of(),
            List.of());
    return SealedSegment.open(descriptor, SCHEMA, directory::resolve);
  }

  private List<ChunkDescriptor> chunks(GrowingSegment growing, List<Integer> ends)
      throws IOException {
    List<ChunkDescriptor> chunks = new ArrayList<>();
    try (SegmentView view = growing.acquire()) {
      int from = 0;
      for (int end : ends) {
        chunks.add(
            new ChunkWriter(directory, 1, growing.id())
                .writeChunk(chunks.size(), SCHEMA, view, from, end)
                .descriptor());
        from = end;
      }
    }
    return chunks;
  }

  private static void append(GrowingSegment growing, int firstKey, int count, long timestamp) {
    ColumnBuilder keys = ColumnBuilder.forField(SCHEMA.primaryKey(), count);
    for (int i = 0; i < count; i++) {
      keys.appendLong(firstKey + i);
    }
    growing.append(new ColumnBatch(count, Map.of(100L, keys.build())), timestamp);
  }

  private static PrimaryKeys key(int row) {
    return new PrimaryKeys.LongKeys(new long[] {row});
  }

  private static void check(
      Segment segment, long expiredUntil, List<Long> timestamps, List<Boolean> deleted, String at) {
    try (SegmentView view = segment.acquire().withoutExpired(expiredUntil)) {
      Optional<RowBitmap> visible = view.visibleRows(Long.MAX_VALUE);
      RowBitmap until = view.visibleRows(50).orElseThrow();
      for (int row = 0; row < timestamps.size(); row++) {
        boolean alive = timestamps.get(row) > expiredUntil;
        assertThat(visible.isEmpty() || visible.get().contains(row))
            .as(at + " row=" + row)
            .isEqualTo(alive && !deleted.get(row));
        assertThat(until.contains(row))
            .as(at + " at 50 row=" + row)
            .isEqualTo(alive && timestamps.get(row) <= 50);
      }
    }
  }
}
