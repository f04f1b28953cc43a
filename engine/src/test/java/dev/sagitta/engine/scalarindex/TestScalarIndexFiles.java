package dev.sagitta.engine.scalarindex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.ColumnBuilder;
import dev.sagitta.engine.filter.number.LongRange;
import dev.sagitta.engine.filter.text.LikePattern;
import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.index.IndexDescription;
import dev.sagitta.engine.index.IndexFileIdentity;
import dev.sagitta.engine.index.IndexFiles;
import dev.sagitta.engine.scalarindex.file.ScalarIndexDescription;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.storage.CorruptFileException;
import dev.sagitta.engine.storage.FileTooNewException;
import dev.sagitta.engine.storage.FileTooOldException;
import dev.sagitta.engine.storage.LittleEndian;
import dev.sagitta.engine.storage.UnusableFileException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged, foreign, older and newer files are refused, each in its own way. */
class TestScalarIndexFiles {
  private static final int ROWS = 3000;
  private static final IndexFileIdentity IDENTITY = new IndexFileIdentity(1, 2, 100, 3);
  private static final FieldSchema NUMBER = FieldSchema.of(100, "number", DataType.INT64);
  private static final FieldSchema TEXT = FieldSchema.of(100, "text", DataType.VARCHAR);

  @TempDir private Path directory;

  @Test
  void damagedFilesAreRefusedAndNeverReadBeyondTheirEnd() throws IOException {
    long seed = new Random().nextLong();
    System.out.println("TestScalarIndexFiles seed=" + seed);
    Random random = new Random(seed);
    for (String family : new String[] {"INVERTED", "BITMAP", "Trie", "NGRAM"}) {
      FieldSchema field = family.equals("INVERTED") ? NUMBER : TEXT;
      ScalarIndexTypes.Resolved type = resolve(family, field);
      byte[] good = Files.readAllBytes(build(type, field, BuildProgress.NONE));
      for (int i = 0; i < 200; i++) {
        byte[] damaged = good.clone();
        int position = random.nextInt(damaged.length);
        damaged[position] ^= (byte) (1 << random.nextInt(8));
        MemorySegment file = MemorySegment.ofArray(damaged);
        assertThatThrownBy(() -> IndexDescription.openFile(file, family, IDENTITY).verify())
            .as("seed=%d family=%s position=%d", seed, family, position)
            .isInstanceOf(UnusableFileException.class);
        useAnyway(type.type(), file);
      }
      byte[] cut = new byte[good.length - 64];
      System.arraycopy(good, 0, cut, 0, cut.length);
      assertThatThrownBy(() -> type.type().open(MemorySegment.ofArray(cut), ROWS, IDENTITY))
          .isInstanceOf(CorruptFileException.class);
    }
  }

  /** A damage that nobody looked for gives wrong rows or an exception, nothing worse. */
  private static void useAnyway(ScalarIndexType type, MemorySegment file) {
    try {
      ScalarIndex index = type.open(file, ROWS, IDENTITY);
      for (ScalarTest test :
          new ScalarTest[] {
            new ScalarTest.Longs(new LongRange(5, 800)),
            new ScalarTest.Strings(LikePattern.compile("wo%")),
            new ScalarTest.Strings(LikePattern.compile("%rd1%"))
          }) {
        Optional<RowBitmap> rows = index.match(test).map(RowMatch::rows);
        rows.ifPresent(bitmap -> assertThat(bitmap.rowCount()).isEqualTo(ROWS));
      }
    } catch (UnusableFileException
        | IndexOutOfBoundsException
        | IllegalStateException
        | IllegalArgumentException e) {
      assertThat(e).hasMessageNotContaining("JVM");
    }
  }

  @Test
  void foreignFilesAreRefused() throws IOException {
    ScalarIndexTypes.Resolved inverted = resolve("INVERTED", NUMBER);
    MemorySegment file =
        MemorySegment.ofArray(Files.readAllBytes(build(inverted, NUMBER, BuildProgress.NONE)));
    assertThatThrownBy(() -> resolve("STL_SORT", NUMBER).type().open(file, ROWS, IDENTITY))
        .isInstanceOf(CorruptFileException.class)
        .hasMessageContaining("expected=STL_SORT actual=INVERTED");
    assertThatThrownBy(() -> inverted.type().open(file, ROWS + 1, IDENTITY))
        .isInstanceOf(CorruptFileException.class)
        .hasMessageContaining("number of rows");
    IndexFileIdentity other = new IndexFileIdentity(1, 2, 100, 4);
    assertThatThrownBy(() -> inverted.type().open(file, ROWS, other))
        .isInstanceOf(CorruptFileException.class);
  }

  @Test
  void otherVersionsAreToldApart() throws IOException {
    ScalarIndexTypes.Resolved inverted = resolve("INVERTED", NUMBER);
    assertThatThrownBy(() -> openWithVersion(inverted, 2))
        .isInstanceOf(FileTooNewException.class)
        .hasMessageContaining("expected=1 actual=2");
    assertThatThrownBy(() -> openWithVersion(inverted, 0))
        .isInstanceOf(FileTooOldException.class)
        .hasMessageContaining("expected=1 actual=0");
  }

  private void openWithVersion(ScalarIndexTypes.Resolved type, int version) throws IOException {
    MemorySegment good =
        MemorySegment.ofArray(Files.readAllBytes(build(type, NUMBER, BuildProgress.NONE)));
    MemorySegment description =
        MemorySegment.ofArray(
            IndexDescription.openFile(good, type.type().name(), IDENTITY)
                .block(ScalarIndexDescription.BLOCK)
                .toArray(LittleEndian.BYTE));
    description.set(LittleEndian.INT, 16, version);
    CRC32C checksum = new CRC32C();
    checksum.update(description.asSlice(0, 60).asByteBuffer());
    description.set(LittleEndian.INT, 60, (int) checksum.getValue());
    Path file = directory.resolve("version-" + version);
    IndexFiles.write(
        file, IDENTITY, writer -> writer.block(ScalarIndexDescription.BLOCK, description));
    ScalarIndex _ =
        type.type().open(MemorySegment.ofArray(Files.readAllBytes(file)), ROWS, IDENTITY);
  }

  @Test
  void cancelledBuildsLeaveNothing() throws IOException {
    BuildProgress cancelled =
        new BuildProgress() {
          @Override
          public void rowsIndexed(int rows) {}

          @Override
          public boolean cancelled() {
            return true;
          }

          @Override
          public int parallelism() {
            return 1;
          }
        };
    assertThatThrownBy(() -> build(resolve("INVERTED", NUMBER), NUMBER, cancelled))
        .isInstanceOf(CancellationException.class);
    try (var files = Files.list(directory)) {
      assertThat(files).isEmpty();
    }
  }

  private static ScalarIndexTypes.Resolved resolve(String family, FieldSchema field) {
    return ScalarIndexTypes.resolve(
        family,
        field,
        family.equals("NGRAM") ? Map.of("min_gram", "2", "max_gram", "3") : Map.of());
  }

  private Path build(ScalarIndexTypes.Resolved type, FieldSchema field, BuildProgress progress)
      throws IOException {
    ColumnBuilder builder = ColumnBuilder.forField(field, ROWS);
    for (int row = 0; row < ROWS; row++) {
      if (field.type() == DataType.INT64) {
        builder.appendLong(row % 1000 == 0 ? 7 : row);
      } else {
        builder.appendString("word" + row % 40);
      }
    }
    Column column = builder.build();
    Path file = directory.resolve("index-" + type.type().name());
    type.type().build(field, type.parameters(), column, IDENTITY, progress, file);
    return file;
  }
}
