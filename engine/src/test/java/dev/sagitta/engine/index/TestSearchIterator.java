package dev.sagitta.engine.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.storage.BlockFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestSearchIterator {
  private static final IndexFileIdentity IDENTITY = new IndexFileIdentity(1, 2, 3, 4);
  private static final int ROWS = 3000;
  private static final IndexSearchParameters PARAMETERS =
      new IndexSearchParameters(
          Map.of("nprobe", "40"), OptionalDouble.empty(), OptionalDouble.empty());

  @TempDir Path directory;

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final Arena arena = Arena.ofShared();

  @AfterEach
  void free() {
    arena.close();
  }

  @ParameterizedTest
  @CsvSource({"L2, false", "L2, true", "COSINE, false", "IP, true"})
  void testExactIndexGivesExactOrder(MetricType metric, boolean filtered) throws IOException {
    float[][] rows = rowsWithTies();
    float[] query = rows[random.nextInt(ROWS)];
    Optional<RowBitmap> allowed = filtered ? Optional.of(randomRows()) : Optional.empty();
    try (VectorIndex index = open("FLAT", metric, rows)) {
      TopRows all = new TopRows(ROWS, metric.largerIsNearer());
      index.search(QueryVector.of(query), IndexSearchParameters.DEFAULT, allowed, all);
      all.sortBestFirst();
      List<Integer> expected = IntStream.range(0, all.size()).map(all::rowAt).boxed().toList();
      List<Integer> given = drain(index, metric, query, allowed);
      assertThat(given).as("seed=%d", seed).containsExactlyInAnyOrderElementsOf(expected);
      for (int i = 0; i < given.size(); i++) {
        // Sums are rounded differently in groups of rows, so almost equal scores may change places.
        double score = ReferenceSearch.score(metric, rows[expected.get(i)], query);
        assertThat(ReferenceSearch.score(metric, rows[given.get(i)], query))
            .as("position=%d seed=%d", i, seed)
            .isCloseTo(score, within(1e-5 * (1 + Math.abs(score))));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"HNSW, false", "HNSW, true", "IVF_FLAT, false", "IVF_FLAT, true"})
  void testApproximateIndexRepeatsNothing(String type, boolean filtered) throws IOException {
    float[][] rows = rowsWithTies();
    float[] query = rows[random.nextInt(ROWS)];
    Optional<RowBitmap> allowed = filtered ? Optional.of(randomRows()) : Optional.empty();
    try (VectorIndex index = open(type, MetricType.L2, rows)) {
      List<Integer> given = drain(index, MetricType.L2, query, allowed);
      assertThat(given).as("seed=%d", seed).doesNotHaveDuplicates();
      int present = allowed.map(RowBitmap::cardinality).orElse(ROWS);
      // A graph may lose a few rows among many equal ones.
      assertThat(given).as("seed=%d", seed).hasSizeGreaterThan((int) (0.97 * present));
      allowed.ifPresent(bitmap -> assertThat(given).allMatch(bitmap::contains));
      int near = 200;
      List<Integer> nearest =
          ReferenceSearch.nearest(
              MetricType.L2,
              rows,
              query,
              near,
              row -> allowed.isEmpty() || allowed.get().contains(row));
      double worst = ReferenceSearch.score(MetricType.L2, rows[nearest.getLast()], query);
      long found =
          given.subList(0, near).stream()
              .filter(row -> ReferenceSearch.score(MetricType.L2, rows[row], query) <= worst + 1e-5)
              .count();
      assertThat(found).as("seed=%d", seed).isGreaterThan((long) (0.85 * near));
    }
  }

  @Test
  void testBoundsHoldForAllBatches() throws IOException {
    float[][] rows = rowsWithTies();
    float[] query = rows[0];
    double radius =
        ReferenceSearch.score(
            MetricType.L2,
            rows[ReferenceSearch.nearest(MetricType.L2, rows, query, 500, row -> true).getLast()],
            query);
    IndexSearchParameters parameters =
        new IndexSearchParameters(Map.of(), OptionalDouble.of(radius), OptionalDouble.empty());
    try (VectorIndex index = open("FLAT", MetricType.L2, rows)) {
      SearchIterator iterator =
          new SearchIterator(
              index, MetricType.L2, QueryVector.of(query), parameters, Optional.empty());
      int count = 0;
      for (TopRows batch = iterator.next(64); batch.size() > 0; batch = iterator.next(64)) {
        for (int i = 0; i < batch.size(); i++) {
          assertThat((double) batch.scoreAt(i)).isLessThanOrEqualTo(radius + 1e-5);
        }
        count += batch.size();
      }
      assertThat(count).as("seed=%d", seed).isBetween(1, 500);
    }
  }

  @Test
  void testAnEmptyFilterGivesNothing() throws IOException {
    float[][] rows = rowsWithTies();
    try (VectorIndex index = open("FLAT", MetricType.L2, rows)) {
      assertThat(drain(index, MetricType.L2, rows[0], Optional.of(new RowBitmap(ROWS)))).isEmpty();
    }
  }

  private List<Integer> drain(
      VectorIndex index, MetricType metric, float[] query, Optional<RowBitmap> allowed) {
    SearchIterator iterator =
        new SearchIterator(index, metric, QueryVector.of(query), PARAMETERS, allowed);
    List<Integer> rows = new ArrayList<>();
    int size;
    do {
      TopRows batch = iterator.next(1 + random.nextInt(300));
      size = batch.size();
      for (int i = 0; i < size; i++) {
        rows.add(batch.rowAt(i));
      }
    } while (size > 0);
    return rows;
  }

  private RowBitmap randomRows() {
    RowBitmap bitmap = new RowBitmap(ROWS);
    for (int row = 0; row < ROWS; row++) {
      if (random.nextInt(3) > 0) {
        bitmap.add(row);
      }
    }
    return bitmap;
  }

  /** Each tenth row is the same vector, so batches end among equal scores. */
  private float[][] rowsWithTies() {
    float[][] rows = new ClusteredVectors(random, ROWS, 12).draw(ROWS);
    for (int row = 10; row < ROWS; row += 10) {
      rows[row] = rows[0];
    }
    return rows;
  }

  private VectorIndex open(String name, MetricType metric, float[][] rows) throws IOException {
    OffHeapVectors vectors = new OffHeapVectors(arena, 500, rows);
    VectorIndexTypes.Resolved resolved =
        VectorIndexTypes.resolve(
            name, DataType.FLOAT_VECTOR, metric, vectors.dimension(), Map.of());
    Path file = directory.resolve("index");
    resolved
        .type()
        .build(vectors, metric, resolved.parameters(), IDENTITY, BuildProgress.NONE, file);
    return resolved.type().open(BlockFile.map(file, arena), vectors, IDENTITY);
  }
}
