package dev.sagitta.engine.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sagitta.engine.catalog.SegmentDescriptor;
import dev.sagitta.engine.catalog.SegmentState;
import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.column.LongColumn;
import dev.sagitta.engine.column.RandomBatches;
import dev.sagitta.engine.filter.number.LongRange;
import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.index.IndexFileIdentity;
import dev.sagitta.engine.scalarindex.RowMatch;
import dev.sagitta.engine.scalarindex.ScalarIndex;
import dev.sagitta.engine.scalarindex.ScalarIndexTypes;
import dev.sagitta.engine.scalarindex.ScalarTest;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.storage.CorruptFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scalar indexes come and go while a sealed segment is read; views keep what they began with. */
final class TestSegmentScalarIndexes {
  private static final CollectionSchema SCHEMA = RandomBatches.schema(DataType.INT64, 3);
  private static final int ROWS = 300;
  private static final ScalarTest ALL =
      new ScalarTest.Longs(new LongRange(Long.MIN_VALUE, Long.MAX_VALUE));

  private final Random random = new Random(29);
  private final FieldSchema key = SCHEMA.primaryKey();
  private SegmentDescriptor descriptor;

  @TempDir Path directory;

  @BeforeEach
  void writeSegment() throws IOException {
    ColumnBatch rows = RandomBatches.batch(random, SCHEMA.fields(), ROWS);
    ChunkWriter writer = new ChunkWriter(directory, 1, 2);
    try (GrowingSegment growing = new GrowingSegment(1, 2, 3, "v", SCHEMA)) {
      growing.append(rows, 10);
      try (SegmentView view = growing.acquire()) {
        assertThat(view.scalarIndexes(key.id())).isEmpty();
        descriptor =
            new SegmentDescriptor(
                2,
                1,
                3,
                "v",
                SegmentState.SEALED,
                List.of(
                    writer.writeChunk(0, SCHEMA, view, 0, 100).descriptor(),
                    writer.writeChunk(1, SCHEMA, view, 100, ROWS).descriptor()),
                List.of(),
                List.of());
      }
    }
  }

  private Path build(SealedSegment segment) throws IOException {
    ScalarIndexTypes.Resolved type = ScalarIndexTypes.resolve("STL_SORT", key, Map.of());
    Path file = directory.resolve("index");
    try (SegmentView view = segment.acquire()) {
      type.type()
          .build(
              key,
              type.parameters(),
              view.column(key.id()),
              new IndexFileIdentity(1, 2, key.id(), 7),
              BuildProgress.NONE,
              file);
    }
    return file;
  }

  private void attach(SealedSegment segment, long indexId, Path file) throws IOException {
    segment.attachScalarIndex(
        indexId, key.id(), ScalarIndexTypes.resolve("STL_SORT", key, Map.of()).type(), file, 7);
  }

  @Test
  void testViewsKeepDetachedIndexes() throws IOException {
    try (SealedSegment segment = SealedSegment.open(descriptor, SCHEMA, directory::resolve)) {
      Path file = build(segment);
      int before;
      try (SegmentView view = segment.acquire()) {
        before = view.scalarIndexes(key.id()).size();
      }
      attach(segment, 50, file);
      attach(segment, 51, file);
      Files.delete(file);
      SegmentView view = segment.acquire();
      List<ScalarIndex> indexes = view.scalarIndexes(key.id());
      assertThat(indexes).hasSize(before + 2);
      segment.detachScalarIndex(50);
      segment.detachScalarIndex(51);
      try (SegmentView later = segment.acquire()) {
        assertThat(later.scalarIndexes(key.id())).hasSize(before);
      }
      RowMatch match = indexes.getLast().match(ALL).orElseThrow();
      assertThat(match.rows().cardinality()).isEqualTo(ROWS);
      long first = ((LongColumn) view.primaryKeys()).longAt(0);
      RowMatch one =
          indexes.getLast().match(new ScalarTest.Longs(new LongRange(first, first))).orElseThrow();
      assertThat(one.rows().contains(0)).isTrue();
      view.close();
      assertThatThrownBy(one::rows).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> view.scalarIndexes(key.id()))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void testUnusableFilesChangeNothing() throws IOException {
    try (SealedSegment segment = SealedSegment.open(descriptor, SCHEMA, directory::resolve)) {
      Path file = build(segment);
      byte[] bytes = Files.readAllBytes(file);
      bytes[70] ^= 1;
      Files.write(file, bytes);
      assertThatThrownBy(() -> attach(segment, 50, file)).isInstanceOf(CorruptFileException.class);
      try (SegmentView view = segment.acquire()) {
        assertThat(view.scalarIndexes(key.id())).hasSize(1);
      }
    }
  }
}
