package dev.sagitta.engine.scalarindex.rtree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sagitta.engine.column.ColumnBuilder;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.filter.geometry.RelationTest;
import dev.sagitta.engine.filter.geometry.SpatialRelation;
import dev.sagitta.engine.filter.geometry.ValidityTest;
import dev.sagitta.engine.geometry.Bounds;
import dev.sagitta.engine.geometry.WellKnownText;
import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.index.IndexFileIdentity;
import dev.sagitta.engine.scalarindex.RowMatch;
import dev.sagitta.engine.scalarindex.ScalarIndex;
import dev.sagitta.engine.scalarindex.ScalarTest;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.storage.BlockFile;
import dev.sagitta.engine.storage.UnusableFileException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tree finds exactly the rectangles that meet another one, whatever their number. */
final class TestRtreeIndex {
  private static final FieldSchema FIELD =
      FieldSchema.of(7, "shape", DataType.GEOMETRY).asNullable();
  private static final IndexFileIdentity IDENTITY = new IndexFileIdentity(1, 2, 7, 3);

  private final RtreeIndexType type = new RtreeIndexType();

  @TempDir Path directory;

  @Test
  void findsWhatMeets() throws IOException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int rows : new int[] {0, 1, 2, 15, 16, 17, 255, 256, 257, 1000}) {
      List<Optional<Bounds>> bounds = new ArrayList<>();
      Path file = build(random, rows, bounds);
      try (Arena arena = Arena.ofConfined();
          ScalarIndex index = type.open(BlockFile.map(file, arena), rows, IDENTITY)) {
        for (int i = 0; i < 50; i++) {
          String wkt = shape(random);
          Bounds wanted = Bounds.ofBinary(WellKnownText.toBinary(wkt)).orElseThrow();
          RowMatch match =
              index
                  .match(new ScalarTest.Geometries(new RelationTest(SpatialRelation.TOUCHES, wkt)))
                  .orElseThrow();
          assertThat(match.exact()).isFalse();
          for (int row = 0; row < rows; row++) {
            assertThat(match.rows().contains(row))
                .as("seed=%d rows=%d row=%d", seed, rows, row)
                .isEqualTo(bounds.get(row).filter(wanted::meets).isPresent());
          }
          assertThat(match.estimatedRows()).isEqualTo(match.rows().cardinality());
        }
        assertThat(index.match(new ScalarTest.Geometries(new ValidityTest()))).isEmpty();
        assertThat(
                index.match(
                    new ScalarTest.Geometries(
                        new RelationTest(SpatialRelation.EQUALS, "POINT EMPTY"))))
            .isEmpty();
      }
    }
  }

  private Path build(Random random, int rows, List<Optional<Bounds>> bounds) throws IOException {
    ColumnBuilder builder = ColumnBuilder.forField(FIELD, rows);
    for (int row = 0; row < rows; row++) {
      switch (random.nextInt(10)) {
        case 0 -> {
          builder.appendNull();
          bounds.add(Optional.empty());
        }
        case 1 -> {
          builder.appendGeometry(WellKnownText.toBinary("LINESTRING EMPTY"));
          bounds.add(Optional.empty());
        }
        default -> {
          byte[] wkb = WellKnownText.toBinary(shape(random));
          builder.appendGeometry(wkb);
          bounds.add(Bounds.ofBinary(wkb));
        }
      }
    }
    Path file = directory.resolve("rtree-" + rows);
    type.build(FIELD, Map.of(), builder.build(), IDENTITY, BuildProgress.NONE, file);
    return file;
  }

  private static String shape(Random random) {
    double x = random.nextInt(40);
    double y = random.nextInt(40);
    return random.nextBoolean()
        ? "POINT (" + x + " " + y + ")"
        : "LINESTRING ("
            + x
            + " "
            + y
            + ", "
            + (x + random.nextInt(1, 9))
            + " "
            + (y - random.nextInt(9))
            + ")";
  }

  @Test
  void refusesDamagedFiles() throws IOException {
    Path file = build(new Random(5), 300, new ArrayList<>());
    byte[] bytes = Files.readAllBytes(file);
    for (int position : new int[] {9, 70, bytes.length - 9}) {
      byte[] damaged = bytes.clone();
      damaged[position] ^= 4;
      Files.write(file, damaged);
      try (Arena arena = Arena.ofConfined()) {
        assertThatThrownBy(() -> type.open(BlockFile.map(file, arena), 300, IDENTITY))
            .as("position=%d", position)
            .isInstanceOf(UnusableFileException.class);
      }
    }
    Files.write(file, bytes);
    try (Arena arena = Arena.ofConfined()) {
      assertThatThrownBy(() -> type.open(BlockFile.map(file, arena), 299, IDENTITY))
          .isInstanceOf(UnusableFileException.class)
          .hasMessageContaining("number of rows");
    }
  }

  @Test
  void isForGeometriesOnly() {
    assertThatThrownBy(() -> type.validate(FieldSchema.of(1, "a", DataType.INT64), Map.of()))
        .isInstanceOf(SagittaException.class)
        .hasMessageContaining("RTREE index can only be built on geometry field");
  }

  @Test
  void canBeCancelled() {
    ColumnBuilder builder = ColumnBuilder.forField(FIELD, 1);
    builder.appendNull();
    Path target = directory.resolve("cancelled");
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
    assertThatThrownBy(
            () -> type.build(FIELD, Map.of(), builder.build(), IDENTITY, cancelled, target))
        .isInstanceOf(CancellationException.class);
    assertThat(target).doesNotExist();
  }
}
