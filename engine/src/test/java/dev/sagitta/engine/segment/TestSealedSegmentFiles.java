package dev.sagitta.engine.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sagitta.engine.catalog.SegmentDescriptor;
import dev.sagitta.engine.catalog.SegmentState;
import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.column.ColumnBatches;
import dev.sagitta.engine.column.PrimaryKeys;
import dev.sagitta.engine.column.RandomBatches;
import dev.sagitta.engine.geometry.InvalidGeometryException;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.storage.UnusableFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damages, exchanges and removes the files of a sealed segment: it must refuse them on opening or
 * when verified, and reading damaged rows may fail but must not end the process.
 */
final class TestSealedSegmentFiles {
  private static final CollectionSchema SCHEMA = RandomBatches.schema(DataType.VARCHAR, 3);

  private final Random random = new Random(17);
  private final List<String> files = new ArrayList<>();
  private SegmentDescriptor descriptor;
  private PrimaryKeys keys;

  @TempDir Path directory;

  @BeforeEach
  void writeSegment() throws IOException {
    ColumnBatch rows = RandomBatches.batch(random, SCHEMA.fields(), 30);
    keys = ColumnBatches.primaryKeys(rows.column(100));
    ChunkWriter writer = new ChunkWriter(directory, 1, 2);
    try (GrowingSegment growing = new GrowingSegment(1, 2, 3, "v", SCHEMA)) {
      growing.append(rows, 10);
      try (SegmentView view = growing.acquire()) {
        ChunkWriter.WrittenChunk first = writer.writeChunk(0, SCHEMA, view, 0, 20);
        ChunkWriter.WrittenChunk second = writer.writeChunk(1, SCHEMA, view, 20, 30);
        ChunkWriter.WrittenDelta delta =
            writer.writeDelta(0, new PrimaryKeys.StringKeys(new String[] {"absent"}), new long[1]);
        files.addAll(first.files());
        files.addAll(second.files());
        files.add(delta.file());
        descriptor =
            new SegmentDescriptor(
                2,
                1,
                3,
                "v",
                SegmentState.SEALED,
                List.of(first.descriptor(), second.descriptor()),
                List.of(delta.descriptor()),
                List.of());
      }
    }
  }

  private SealedSegment open() throws IOException {
    return SealedSegment.open(descriptor, SCHEMA, directory::resolve);
  }

  @Test
  void testDescriptorsNameAllBytes() throws IOException {
    long size = 0;
    for (String file : files) {
      size += Files.size(directory.resolve(file));
    }
    assertThat(descriptor.sizeInBytes() + descriptor.deltas().getFirst().sizeInBytes())
        .isEqualTo(size);
  }

  @Test
  void testDamageIsRefusedAndNeverCrashes() throws IOException {
    for (String file : files) {
      Path path = directory.resolve(file);
      byte[] bytes = Files.readAllBytes(path);
      for (int i = 0; i < 12; i++) {
        byte[] damaged = bytes.clone();
        damaged[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        Files.write(path, damaged);
        assertThatThrownBy(
                () -> {
                  try (SealedSegment segment = open()) {
                    readAll(segment);
                    segment.verify();
                  }
                })
            .isInstanceOf(UnusableFileException.class)
            .hasMessageContaining(file);
      }
      Files.write(path, bytes);
    }
    try (SealedSegment segment = open()) {
      segment.verify();
    }
  }

  /** Reads every value; damaged ones may fail to be read. */
  private void readAll(SealedSegment segment) {
    try (SegmentView view = segment.acquire()) {
      for (FieldSchema field : SCHEMA.fields()) {
        for (int row = 0; row < view.rowCount(); row++) {
          try {
            Object _ = RandomBatches.value(view.column(field.id()), row);
          } catch (IndexOutOfBoundsException
              | NegativeArraySizeException
              | InvalidGeometryException e) {
            assertThat(e).isNotNull();
          }
        }
      }
      try {
        assertThat(view.find(keys).length).isGreaterThanOrEqualTo(0);
      } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
        assertThat(e).isNotNull();
      }
    }
  }

  @Test
  void testExchangedFilesAreRefused() throws IOException {
    Path first = directory.resolve(files.get(1));
    Path second = directory.resolve(files.get(2));
    byte[] bytes = Files.readAllBytes(first);
    Files.write(second, bytes);
    assertThatThrownBy(this::open)
        .isInstanceOf(UnusableFileException.class)
        .hasMessageContaining("what=fieldId");
  }

  @Test
  void testMissingFile() throws IOException {
    Files.delete(directory.resolve(files.getLast()));
    assertThatThrownBy(this::open).isInstanceOf(IOException.class);
  }

  @Test
  void testFilesMayBeRemovedWhileMapped() throws IOException {
    try (SealedSegment segment = open()) {
      for (String file : files) {
        Files.delete(directory.resolve(file));
      }
      segment.verify();
      try (SegmentView view = segment.acquire()) {
        assertThat(view.find(keys)).hasSize(30);
      }
    }
  }
}
