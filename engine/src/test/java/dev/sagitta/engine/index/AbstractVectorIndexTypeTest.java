package dev.sagitta.engine.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.storage.BlockFile;
import dev.sagitta.engine.storage.CorruptFileException;
import dev.sagitta.engine.storage.FileTooNewException;
import dev.sagitta.engine.storage.FileTooOldException;
import dev.sagitta.engine.storage.LittleEndian;
import dev.sagitta.engine.storage.UnusableFileException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every family of vector indexes must do; extend it and name the family. */
public abstract class AbstractVectorIndexTypeTest {
  protected static final IndexFileIdentity IDENTITY = new IndexFileIdentity(7, 8, 9, 10);
  private static final int TOP_K = 10;

  @TempDir protected Path directory;

  protected final long seed = System.nanoTime();
  protected final Random random = new Random(seed);
  protected final Arena arena = Arena.ofShared();
  private int files;

  protected abstract VectorIndexType type();

  /** Parameters that build quickly and still reach the recall floor. */
  protected abstract Map<String, String> buildParameters();

  /** Share of the true nearest rows that default searches must find. */
  protected abstract double recallFloor();

  @AfterEach
  void free() {
    arena.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"L2", "IP", "COSINE"})
  void testRecall(MetricType metric) throws IOException {
    ClusteredVectors source = new ClusteredVectors(random, 8000, 24);
    float[][] rows = source.draw(8000);
    try (VectorIndex index = buildAndOpen(metric, rows)) {
      assertThat(index.rowCount()).isEqualTo(rows.length);
      assertRecall(index, metric, rows, source.draw(50), Optional.empty());
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.001, 0.01, 0.05, 0.2, 0.5, 0.9, 0.99, 1})
  void testRecallWithFilter(double share) throws IOException {
    ClusteredVectors source = new ClusteredVectors(random, 8000, 24);
    float[][] rows = source.draw(8000);
    RowBitmap allowed = new RowBitmap(rows.length);
    for (int row = 0; row < rows.length; row++) {
      if (random.nextDouble() < share) {
        allowed.add(row);
      }
    }
    try (VectorIndex index = buildAndOpen(MetricType.L2, rows)) {
      assertRecall(index, MetricType.L2, rows, source.draw(50), Optional.of(allowed));
    }
  }

  @Test
  void testRecallWithFilterFarFromTheQueries() throws IOException {
    ClusteredVectors source = new ClusteredVectors(random, 6000, 16);
    float[][] rows = source.draw(6000);
    for (int row = 0; row < 3000; row++) {
      rows[row] = rows[row].clone();
      rows[row][0] += 50;
    }
    RowBitmap allowed = new RowBitmap(rows.length);
    for (int row = 0; row < 3000; row++) {
      allowed.add(row);
    }
    try (VectorIndex index = buildAndOpen(MetricType.L2, rows)) {
      assertRecall(index, MetricType.L2, rows, source.draw(30), Optional.of(allowed));
    }
  }

  @Test
  void testEmptyFilterFindsNothing() throws IOException {
    float[][] rows = new ClusteredVectors(random, 3000, 8).draw(3000);
    try (VectorIndex index = buildAndOpen(MetricType.IP, rows)) {
      RowBitmap nothing = new RowBitmap(rows.length);
      assertThat(search(index, MetricType.IP, rows[0], TOP_K, Optional.of(nothing)).size())
          .isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 17, 101, 1021})
  void testOddDimensions(int dimension) throws IOException {
    ClusteredVectors source = new ClusteredVectors(random, 400, dimension);
    float[][] rows = source.draw(400);
    try (VectorIndex index = buildAndOpen(MetricType.COSINE, rows)) {
      for (float[] query : source.draw(5)) {
        assertSameScores(index, MetricType.COSINE, rows, query, TOP_K, row -> true);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"L2", "IP", "COSINE"})
  void testOneRowAndMoreWantedThanThere(MetricType metric) throws IOException {
    float[][] one = {{1, 2, 3}};
    try (VectorIndex index = buildAndOpen(metric, one)) {
      assertSameScores(index, metric, one, new float[] {3, 2, 1}, 100, row -> true);
    }
    float[][] few = new ClusteredVectors(random, 40, 3).draw(40);
    try (VectorIndex index = buildAndOpen(metric, few)) {
      assertSameScores(index, metric, few, few[3], 100, row -> true);
    }
  }

  @Test
  void testDuplicatesAreAllFound() throws IOException {
    float[][] rows = new ClusteredVectors(random, 4000, 8).draw(4000);
    float[] often = {9, 9, 9, 9, 9, 9, 9, 9};
    for (int row = 0; row < rows.length; row += 10) {
      rows[row] = often;
    }
    try (VectorIndex index = buildAndOpen(MetricType.L2, rows)) {
      assertSameScores(index, MetricType.L2, rows, often, 50, row -> true);
    }
  }

  @Test
  void testOnlyDuplicates() throws IOException {
    float[][] rows = new float[5000][];
    Arrays.fill(rows, new float[] {1, 2});
    for (MetricType metric : List.of(MetricType.L2, MetricType.IP, MetricType.COSINE)) {
      try (VectorIndex index = buildAndOpen(metric, rows)) {
        assertSameScores(index, metric, rows, rows[0], TOP_K, row -> true);
      }
    }
  }

  @Test
  void testZeroVectorsHaveCosineZero() throws IOException {
    float[][] rows = new ClusteredVectors(random, 60, 5).draw(60);
    for (int row = 0; row < rows.length; row += 3) {
      rows[row] = new float[5];
    }
    try (VectorIndex index = buildAndOpen(MetricType.COSINE, rows)) {
      assertSameScores(index, MetricType.COSINE, rows, rows[1], 60, row -> true);
      TopRows ofZero = search(index, MetricType.COSINE, new float[5], 60, Optional.empty());
      assertThat(ofZero.size()).isEqualTo(60);
      assertThat(ofZero.scoreAt(0)).isZero();
    }
  }

  @Test
  void testNullRowsAreNeverFound() throws IOException {
    float[][] rows = new ClusteredVectors(random, 3000, 6).draw(3000);
    IntPredicate isNull = row -> row % 7 == 0;
    OffHeapVectors vectors = new OffHeapVectors(arena, 100, rows, isNull, true);
    try (VectorIndex index = open(build(MetricType.L2, vectors), vectors)) {
      assertSameScores(index, MetricType.L2, rows, rows[7], 2900, isNull.negate());
      assertRecall(
          index,
          MetricType.L2,
          rows,
          new float[][] {rows[7], rows[14]},
          isNull.negate(),
          Optional.empty());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"L2", "IP", "COSINE"})
  void testRangeSearch(MetricType metric) throws IOException {
    ClusteredVectors source = new ClusteredVectors(random, 5000, 12);
    float[][] rows = source.draw(5000);
    try (VectorIndex index = buildAndOpen(metric, rows)) {
      float[] query = source.draw(1)[0];
      List<Integer> sorted = ReferenceSearch.nearest(metric, rows, query, 400, row -> true);
      double inner = ReferenceSearch.score(metric, rows[sorted.get(100)], query);
      double outer = ReferenceSearch.score(metric, rows[sorted.get(300)], query);
      TopRows results = new TopRows(TOP_K, metric.largerIsNearer());
      index.search(
          QueryVector.of(query),
          new IndexSearchParameters(Map.of(), OptionalDouble.of(outer), OptionalDouble.of(inner)),
          Optional.empty(),
          results);
      results.sortBestFirst();
      assertThat(results.size()).as("seed=%d", seed).isEqualTo(TOP_K);
      Set<Integer> expected = new HashSet<>(sorted.subList(98, 115));
      for (int i = 0; i < TOP_K; i++) {
        float score = results.scoreAt(i);
        assertThat(metric.largerIsNearer() ? score <= (float) inner : score >= (float) inner)
            .as("score=%s inner=%s seed=%d", score, inner, seed)
            .isTrue();
      }
      assertThat(rowsOf(results).stream().filter(expected::contains).count())
          .as("seed=%d", seed)
          .isGreaterThanOrEqualTo((long) (TOP_K * recallFloor()));
    }
  }

  @Test
  void testSearchAfterCloseFails() throws IOException {
    float[][] rows = {{1}, {2}};
    VectorIndex index = buildAndOpen(MetricType.L2, rows);
    index.close();
    assertThatThrownBy(() -> search(index, MetricType.L2, rows[0], 1, Optional.empty()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void testCancelledBuildStopsAndLeavesNoFile() throws IOException {
    float[][] rows = new ClusteredVectors(random, 3000, 8).draw(3000);
    OffHeapVectors vectors = new OffHeapVectors(arena, 500, rows);
    Path target = directory.resolve("cancelled");
    BuildProgress cancelled =
        new BuildProgress() {
          @Override
          public void rowsIndexed(int count) {}

          @Override
          public boolean cancelled() {
            return true;
          }

          @Override
          public int parallelism() {
            return 2;
          }
        };
    assertThatThrownBy(
            () ->
                type()
                    .build(vectors, MetricType.L2, buildParameters(), IDENTITY, cancelled, target))
        .isInstanceOf(CancellationException.class);
    assertThat(target).doesNotExist();
  }

  @Test
  void testSupports() {
    assertThat(type().supports(DataType.FLOAT_VECTOR, MetricType.L2)).isTrue();
    assertThat(type().supports(DataType.FLOAT_VECTOR, MetricType.HAMMING)).isFalse();
    assertThat(type().supports(DataType.VARCHAR, MetricType.L2)).isFalse();
  }

  @Test
  void testFileOfAnotherSegmentIsRefused() throws IOException {
    OffHeapVectors vectors = new OffHeapVectors(arena, 10, new float[][] {{1}, {2}});
    MemorySegment file = build(MetricType.L2, vectors);
    for (IndexFileIdentity other :
        List.of(
            new IndexFileIdentity(1, 8, 9, 10),
            new IndexFileIdentity(7, 1, 9, 10),
            new IndexFileIdentity(7, 8, 1, 10),
            new IndexFileIdentity(7, 8, 9, 1))) {
      assertThatThrownBy(() -> type().open(file, vectors, other))
          .isInstanceOf(CorruptFileException.class)
          .hasMessageContaining(type().name());
    }
    OffHeapVectors longer = new OffHeapVectors(arena, 10, new float[][] {{1}, {2}, {3}});
    assertThatThrownBy(() -> type().open(file, longer, IDENTITY))
        .isInstanceOf(CorruptFileException.class)
        .hasMessageContaining("expected=3 actual=2");
  }

  @Test
  void testDamagedFileIsRefused() throws IOException {
    float[][] rows = new ClusteredVectors(random, 300, 7).draw(300);
    OffHeapVectors vectors = new OffHeapVectors(arena, 100, rows);
    MemorySegment file = build(MetricType.L2, vectors);
    type().verify(file, IDENTITY);
    for (int round = 0; round < 200; round++) {
      MemorySegment damaged = arena.allocate(file.byteSize(), 64).copyFrom(file);
      long position = random.nextLong(file.byteSize());
      byte value = damaged.get(ValueLayout.JAVA_BYTE, position);
      damaged.set(ValueLayout.JAVA_BYTE, position, (byte) (value ^ (1 << random.nextInt(8))));
      assertThatThrownBy(() -> type().verify(damaged, IDENTITY))
          .as("position=%d seed=%d", position, seed)
          .isInstanceOf(UnusableFileException.class);
      searchIfOpened(damaged, vectors, rows[0]);
    }
  }

  @Test
  void testTruncatedFileIsRefused() throws IOException {
    OffHeapVectors vectors = new OffHeapVectors(arena, 10, new float[][] {{1}, {2}});
    MemorySegment file = build(MetricType.L2, vectors);
    for (long length = 0; length < file.byteSize(); length += 4) {
      MemorySegment truncated = file.asSlice(0, length);
      assertThatThrownBy(() -> type().open(truncated, vectors, IDENTITY))
          .isInstanceOf(CorruptFileException.class);
    }
  }

  @Test
  void testFileOfAnotherVersionIsRefused() throws IOException {
    OffHeapVectors vectors = new OffHeapVectors(arena, 10, new float[][] {{1}, {2}});
    MemorySegment file = build(MetricType.L2, vectors);
    long versionOffset = 8;
    int version = file.get(LittleEndian.INT, versionOffset);
    MemorySegment other = arena.allocate(file.byteSize(), 64).copyFrom(file);
    other.set(LittleEndian.INT, versionOffset, version + 1);
    assertThatThrownBy(() -> type().open(other, vectors, IDENTITY))
        .isInstanceOf(FileTooNewException.class)
        .hasMessageContaining("expected=" + version + " actual=" + (version + 1));
    other.set(LittleEndian.INT, versionOffset, version - 1);
    assertThatThrownBy(() -> type().open(other, vectors, IDENTITY))
        .isInstanceOf(FileTooOldException.class)
        .hasMessageContaining("expected=" + version + " actual=" + (version - 1));
  }

  /** Versions of a type's blocks change apart from the version of the frame around them. */
  @Test
  void testBlocksOfAnotherVersionAreRefused() throws IOException {
    OffHeapVectors vectors = new OffHeapVectors(arena, 10, new float[][] {{1}, {2}});
    for (int version : new int[] {0, 99}) {
      Path target = directory.resolve("version-" + version);
      IndexDescription description =
          new IndexDescription(type().name(), MetricType.L2, version, 2, 1, 0, 0, 0, 0);
      IndexFiles.write(target, IDENTITY, description, writer -> {});
      MemorySegment file = BlockFile.map(target, arena);
      assertThatThrownBy(() -> type().open(file, vectors, IDENTITY))
          .isInstanceOf(version == 0 ? FileTooOldException.class : FileTooNewException.class)
          .hasMessageContaining("actual=" + version);
    }
  }

  @Test
  void testIndexOfAnotherTypeIsRefused() throws IOException {
    OffHeapVectors vectors = new OffHeapVectors(arena, 10, new float[][] {{1}, {2}});
    Path target = directory.resolve("another");
    IndexDescription description =
        new IndexDescription("ANOTHER", MetricType.L2, 1, 2, 1, 0, 0, 0, 0);
    IndexFiles.write(target, IDENTITY, description, writer -> {});
    MemorySegment file = BlockFile.map(target, arena);
    assertThatThrownBy(() -> type().open(file, vectors, IDENTITY))
        .isInstanceOf(CorruptFileException.class)
        .hasMessageContaining("expected=" + type().name() + " actual=ANOTHER");
  }

  protected VectorIndex buildAndOpen(MetricType metric, float[][] rows) throws IOException {
    OffHeapVectors vectors = new OffHeapVectors(arena, 1 + random.nextInt(rows.length), rows);
    return open(build(metric, vectors), vectors);
  }

  protected MemorySegment build(MetricType metric, OffHeapVectors vectors) throws IOException {
    Path target = directory.resolve("index-" + files++);
    Map<String, String> parameters =
        type().validateBuildParameters(buildParameters(), vectors.dimension());
    type().build(vectors, metric, parameters, IDENTITY, twoThreads(vectors.rowCount()), target);
    assertThat(Files.exists(target)).isTrue();
    return BlockFile.map(target, arena);
  }

  protected VectorIndex open(MemorySegment file, OffHeapVectors vectors) {
    return type().open(file, vectors, IDENTITY);
  }

  protected TopRows search(
      VectorIndex index, MetricType metric, float[] query, int limit, Optional<RowBitmap> allowed) {
    TopRows results = new TopRows(limit, metric.largerIsNearer());
    index.search(QueryVector.of(query), IndexSearchParameters.DEFAULT, allowed, results);
    results.sortBestFirst();
    return results;
  }

  private void assertRecall(
      VectorIndex index,
      MetricType metric,
      float[][] rows,
      float[][] queries,
      Optional<RowBitmap> allowed) {
    assertRecall(index, metric, rows, queries, row -> true, allowed);
  }

  /** Rows of equal distance stand for each other, so scores are compared and not row numbers. */
  private void assertRecall(
      VectorIndex index,
      MetricType metric,
      float[][] rows,
      float[][] queries,
      IntPredicate present,
      Optional<RowBitmap> allowed) {
    int found = 0;
    int wanted = 0;
    for (float[] query : queries) {
      List<Integer> expected =
          ReferenceSearch.nearest(
              metric,
              rows,
              query,
              TOP_K,
              row -> present.test(row) && (allowed.isEmpty() || allowed.get().contains(row)));
      TopRows results = search(index, metric, query, TOP_K, allowed);
      wanted += expected.size();
      double worst = ReferenceSearch.score(metric, rows[expected.getLast()], query);
      double rounding = 1e-5 * (1 + Math.abs(worst));
      for (int i = 0; i < results.size(); i++) {
        assertThat(present.test(results.rowAt(i))).isTrue();
        assertThat(allowed.isEmpty() || allowed.get().contains(results.rowAt(i))).isTrue();
        double score = results.scoreAt(i);
        if (metric.largerIsNearer() ? score >= worst - rounding : score <= worst + rounding) {
          found++;
        }
      }
      assertThat(rowsOf(results)).as("seed=%d", seed).doesNotHaveDuplicates();
    }
    assertThat((double) found / wanted).as("recall, seed=%d", seed).isBetween(recallFloor(), 1.0);
  }

  private void assertSameScores(
      VectorIndex index,
      MetricType metric,
      float[][] rows,
      float[] query,
      int limit,
      IntPredicate present) {
    TopRows results = search(index, metric, query, limit, Optional.empty());
    List<Integer> expected = ReferenceSearch.nearest(metric, rows, query, limit, present);
    assertThat(results.size()).as("seed=%d", seed).isEqualTo(expected.size());
    for (int i = 0; i < results.size(); i++) {
      double score = ReferenceSearch.score(metric, rows[expected.get(i)], query);
      assertThat((double) results.scoreAt(i))
          .as("position=%d seed=%d", i, seed)
          .isCloseTo(score, within(1e-4 * (1 + Math.abs(score))));
    }
    assertThat(rowsOf(results)).as("seed=%d", seed).doesNotHaveDuplicates().allMatch(present::test);
  }

  /** A damaged block is only noticed by verify; until then it may cost recall but no crash. */
  private void searchIfOpened(MemorySegment file, OffHeapVectors vectors, float[] query) {
    VectorIndex index;
    try {
      index = open(file, vectors);
    } catch (UnusableFileException e) {
      return;
    }
    TopRows results = search(index, MetricType.L2, query, TOP_K, Optional.empty());
    assertThat(results.size()).isLessThanOrEqualTo(TOP_K);
    index.close();
  }

  private static List<Integer> rowsOf(TopRows results) {
    return IntStream.range(0, results.size()).map(results::rowAt).boxed().toList();
  }

  private static BuildProgress twoThreads(int rowCount) {
    return new BuildProgress() {
      @Override
      public void rowsIndexed(int rows) {
        assertThat(rows).isBetween(0, rowCount);
      }

      @Override
      public boolean cancelled() {
        return false;
      }

      @Override
      public int parallelism() {
        return 2;
      }
    };
  }
}
