package dev.sagitta.engine.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sagitta.engine.AllocatedBytes;
import dev.sagitta.engine.TestGroups;
import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.column.VectorColumn;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every family of vector indexes must do, for every type of vectors and metric that it
 * supports; extend it and name the family. The methods that are meant to be overridden come first.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class AbstractVectorIndexTypeTest {
  protected static final IndexFileIdentity IDENTITY = new IndexFileIdentity(7, 8, 9, 10);
  private static final int TOP_K = 10;

  /** By how much recall may fall below the floor where a filter leaves only what lies far away. */
  private static final double FAR_FILTER_TOLERANCE = 0.1;

  @TempDir protected Path directory;

  protected final long seed = Long.getLong("sagitta.test.seed", System.nanoTime());
  protected final Random random = new Random(seed);
  protected Arena arena;
  private int files;

  protected abstract VectorIndexType type();

  /** Parameters that build quickly and still reach the recall floor. */
  protected abstract Map<String, String> buildParameters();

  /** Parameters for vectors of that dimension; {@link #buildParameters()} unless overridden. */
  protected Map<String, String> buildParameters(int dimension) {
    return buildParameters();
  }

  /** Share of the true nearest rows that searches must find. */
  protected abstract double recallFloor();

  /** The floor in one space; {@link #recallFloor()} unless overridden. */
  protected double recallFloor(TestSpace space) {
    return recallFloor();
  }

  /** Parameters of the searches; those of a search of few rows must find all there are. */
  protected IndexSearchParameters searchParameters(int rowCount, int limit) {
    return IndexSearchParameters.DEFAULT;
  }

  /** By how much a score may differ from the true one. */
  protected double scoreError(TestSpace space, float[][] rows, float[] query, double score) {
    return 1e-4 * (1 + Math.abs(score));
  }

  /**
   * Bytes that a search may leave behind, beside the results: its few small objects, which escape
   * analysis removes or not as it happens.
   */
  protected int searchBytesMax() {
    return 512;
  }

  /** The types and metrics that are tested: all that the family supports, but lists of vectors. */
  protected Stream<TestSpace> spaces() {
    return Arrays.stream(DataType.values())
        .filter(type -> type.isVector() && type != DataType.ARRAY_OF_VECTOR)
        .flatMap(
            dataType ->
                Arrays.stream(MetricType.values())
                    .filter(metric -> metric != MetricType.BM25)
                    .filter(metric -> type().supports(dataType, metric))
                    .map(metric -> new TestSpace(dataType, metric)));
  }

  /** Each type of {@link #spaces()} once. */
  protected final Stream<TestSpace> types() {
    Set<DataType> seen = new HashSet<>();
    return spaces().filter(space -> seen.add(space.type()));
  }

  /** Each metric of {@link #spaces()} once. */
  protected final Stream<TestSpace> metrics() {
    Set<MetricType> seen = new HashSet<>();
    return spaces().filter(space -> seen.add(space.metric()));
  }

  private TestSpace firstSpace() {
    return spaces()
        .filter(space -> space.type() == DataType.FLOAT_VECTOR)
        .findFirst()
        .or(() -> spaces().findFirst())
        .orElseThrow();
  }

  /** Closed after each test. */
  @SuppressWarnings("MustBeClosedChecker")
  @BeforeEach
  void allocate() {
    arena = Arena.ofShared();
  }

  @AfterEach
  void free() {
    arena.close();
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void testRecall(TestSpace space) throws IOException {
    TestSpace.Source source = space.source(random, 5000, 24);
    float[][] rows = source.draw(5000);
    try (VectorIndex index = buildAndOpen(space, rows)) {
      assertThat(index.rowCount()).isEqualTo(rows.length);
      assertRecall(index, space, rows, source.draw(50), row -> true, Optional.empty());
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void testRecallOnRealData(TestSpace space) throws IOException {
    float[][] rows = space.round(realRows(space, 6000));
    float[][] queries = space.round(realQueries(space, 60));
    try (VectorIndex index = buildAndOpen(space, rows)) {
      assertRecall(index, space, rows, queries, row -> true, Optional.empty());
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.001, 0.01, 0.05, 0.2, 0.5, 0.9, 0.99, 1})
  void testRecallWithFilter(double share) throws IOException {
    TestSpace space = firstSpace();
    TestSpace.Source source = space.source(random, 8000, 24);
    float[][] rows = source.draw(8000);
    RowBitmap allowed = new RowBitmap(rows.length);
    allowed.add(random.nextInt(rows.length));
    for (int row = 0; row < rows.length; row++) {
      if (random.nextDouble() < share) {
        allowed.add(row);
      }
    }
    try (VectorIndex index = buildAndOpen(space, rows)) {
      assertRecall(index, space, rows, source.draw(50), row -> true, Optional.of(allowed));
    }
  }

  /** Allowed are the rows nearest to a vector, or those farthest from it. */
  @ParameterizedTest
  @ValueSource(doubles = {0.001, 0.01, 0.1, 0.5, 0.9})
  void testRecallWithCorrelatedFilter(double share) throws IOException {
    TestSpace space = firstSpace();
    TestSpace.Source source = space.source(random, 6000, 24);
    float[][] rows = source.draw(6000);
    List<Integer> sorted =
        ReferenceSearch.nearest(space.metric(), rows, rows[0], rows.length, row -> true);
    int count = Math.max(1, (int) (share * rows.length));
    // All queries sit where the filter is decided; one alone would say little about recall.
    float[][] around = sorted.subList(0, 30).stream().map(row -> rows[row]).toArray(float[][]::new);
    try (VectorIndex index = buildAndOpen(space, rows)) {
      for (List<Integer> rowsOfFilter :
          List.of(sorted.subList(0, count), sorted.subList(rows.length - count, rows.length))) {
        RowBitmap allowed = new RowBitmap(rows.length);
        rowsOfFilter.forEach(allowed::add);
        assertRecall(index, space, rows, source.draw(30), row -> true, Optional.of(allowed));
        assertRecall(
            index, space, rows, around, row -> true, Optional.of(allowed), FAR_FILTER_TOLERANCE);
      }
    }
  }

  @Test
  void testEmptyFilterFindsNothing() throws IOException {
    TestSpace space = firstSpace();
    float[][] rows = space.source(random, 3000, 8).draw(3000);
    try (VectorIndex index = buildAndOpen(space, rows)) {
      RowBitmap nothing = new RowBitmap(rows.length);
      assertThat(search(index, space, rows, rows[0], TOP_K, Optional.of(nothing)).size()).isZero();
    }
  }

  /** Deletes reach an index as rows that are not allowed: here always those that were found. */
  @ParameterizedTest
  @MethodSource("types")
  void testDeletedRowsMakeRoomForTheNext(TestSpace space) throws IOException {
    TestSpace.Source source = space.source(random, 4000, 24);
    float[][] rows = source.draw(4000);
    float[][] queries = source.draw(20);
    RowBitmap allowed = RowBitmap.full(rows.length);
    try (VectorIndex index = buildAndOpen(space, rows)) {
      for (int round = 0; round < 5; round++) {
        assertRecall(index, space, rows, queries, row -> true, Optional.of(allowed), 0.1);
        List<Integer> found = new ArrayList<>();
        for (float[] query : queries) {
          found.addAll(rowsOf(search(index, space, rows, query, TOP_K, Optional.of(allowed))));
        }
        found.forEach(allowed::remove);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 17, 101, 1021, 4096})
  void testOddDimensions(int wanted) throws IOException {
    for (TestSpace space : types().toList()) {
      int dimension = space.dimension(wanted);
      TestSpace.Source source = space.source(random, 300, dimension);
      float[][] rows = source.draw(300);
      try (VectorIndex index = buildAndOpen(space, rows)) {
        for (float[] query : source.draw(5)) {
          assertSameScores(index, space, rows, query, TOP_K, row -> true);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void testOneRowAndMoreWantedThanThere(TestSpace space) throws IOException {
    float[][] few = space.source(random, 40, 8).draw(40);
    float[][] one = {few[0]};
    try (VectorIndex index = buildAndOpen(space, one)) {
      assertSameScores(index, space, one, few[1], 100, row -> true);
    }
    try (VectorIndex index = buildAndOpen(space, few)) {
      assertSameScores(index, space, few, few[3], 100, row -> true);
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void testDuplicatesAreAllFound(TestSpace space) throws IOException {
    TestSpace.Source source = space.source(random, 3000, 16);
    float[][] rows = source.draw(3000);
    float[] often = source.draw(1)[0];
    for (int row = 0; row < rows.length; row += 10) {
      rows[row] = often;
    }
    try (VectorIndex index = buildAndOpen(space, rows)) {
      assertRecall(index, space, rows, new float[][] {often}, row -> true, Optional.empty());
      TopRows results = search(index, space, rows, often, 50, Optional.empty());
      assertThat(results.size()).isEqualTo(50);
      assertThat(rowsOf(results)).as("seed=%d", seed).doesNotHaveDuplicates();
    }
  }

  @ParameterizedTest
  @MethodSource("metrics")
  void testOnlyDuplicates(TestSpace space) throws IOException {
    float[][] rows = new float[3000][];
    Arrays.fill(rows, space.source(random, 1, 8).draw(1)[0]);
    try (VectorIndex index = buildAndOpen(space, rows)) {
      assertSameScores(index, space, rows, rows[0], TOP_K, row -> true);
    }
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void testZeroVectors(TestSpace space) throws IOException {
    float[][] rows = space.source(random, 60, 8).draw(60);
    for (int row = 0; row < rows.length; row += 3) {
      rows[row] = new float[rows[row].length];
    }
    try (VectorIndex index = buildAndOpen(space, rows)) {
      assertSameScores(index, space, rows, rows[1], 60, row -> true);
      assertSameScores(index, space, rows, rows[0], 60, row -> true);
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void testNullRowsAreNeverFound(TestSpace space) throws IOException {
    float[][] rows = space.source(random, 3000, 8).draw(3000);
    IntPredicate isNull = row -> row % 7 == 0;
    VectorColumn vectors = space.column(arena, 100, rows, isNull, true);
    try (VectorIndex index = open(build(space.metric(), vectors), vectors)) {
      TopRows all = search(index, space, rows, rows[7], rows.length, Optional.empty());
      assertThat(rowsOf(all)).as("seed=%d", seed).noneMatch(isNull::test);
      float[][] queries = {rows[7], rows[14]};
      assertRecall(index, space, rows, queries, isNull.negate(), Optional.empty(), 0.1);
    }
  }

  /** Of a nullable field that was added late, or that hardly anyone fills. */
  @ParameterizedTest
  @MethodSource("types")
  void testFewOrNoVectorsBesideNulls(TestSpace space) throws IOException {
    float[][] rows = space.source(random, 1200, 8).draw(1200);
    float[] query = space.source(random, 1, 8).draw(1)[0];
    for (int present : new int[] {0, 1, 2, 40}) {
      RowBitmap vectorRows = new RowBitmap(rows.length);
      while (vectorRows.cardinality() < present) {
        vectorRows.add(random.nextInt(rows.length));
      }
      RowBitmap nullRows = RowBitmap.full(rows.length);
      nullRows.andNot(vectorRows);
      VectorColumn vectors = space.column(arena, 100, rows, nullRows::contains, true);
      try (VectorIndex index = open(build(space.metric(), vectors), vectors)) {
        assertThat(index.rowCount()).isEqualTo(rows.length);
        assertSameScores(index, space, rows, query, 50, vectorRows::contains);
        for (RowBitmap allowed : List.of(nullRows, RowBitmap.full(rows.length))) {
          TopRows found = search(index, space, rows, query, 50, Optional.of(allowed));
          assertThat(rowsOf(found))
              .as("space=%s present=%d seed=%d", space, present, seed)
              .hasSizeLessThanOrEqualTo(present)
              .allMatch(row -> vectorRows.contains(row) && allowed.contains(row));
        }
      }
    }
  }

  /** A filter that leaves many rows says little where most of them have no vector. */
  @Test
  void testFilterOfMostlyNullRows() throws IOException {
    TestSpace space = firstSpace();
    TestSpace.Source source = space.source(random, 4000, 24);
    float[][] rows = source.draw(4000);
    RowBitmap vectorRows = new RowBitmap(rows.length);
    RowBitmap allowed = new RowBitmap(rows.length);
    for (int row = 0; row < rows.length; row++) {
      if (random.nextInt(3) == 0) {
        vectorRows.add(row);
      }
      if (random.nextBoolean() && (!vectorRows.contains(row) || random.nextInt(20) == 0)) {
        allowed.add(row);
      }
    }
    VectorColumn vectors = space.column(arena, 700, rows, row -> !vectorRows.contains(row), true);
    try (VectorIndex index = open(build(space.metric(), vectors), vectors)) {
      assertRecall(index, space, rows, source.draw(50), vectorRows::contains, Optional.of(allowed));
    }
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void testRangeSearch(TestSpace space) throws IOException {
    TestSpace.Source source = space.source(random, 4000, 24);
    float[][] rows = source.draw(4000);
    MetricType metric = space.metric();
    try (VectorIndex index = buildAndOpen(space, rows)) {
      float[] query = source.draw(1)[0];
      List<Integer> sorted = ReferenceSearch.nearest(metric, rows, query, 400, row -> true);
      double inner = ReferenceSearch.score(metric, rows[sorted.get(60)], query);
      double outer = ReferenceSearch.score(metric, rows[sorted.get(200)], query);
      if (inner == outer) {
        return;
      }
      TopRows results = new TopRows(TOP_K, metric.largerIsNearer());
      index.search(
          space.query(query),
          new IndexSearchParameters(
              searchParameters(rows.length, TOP_K).values(),
              OptionalDouble.of(outer),
              OptionalDouble.of(inner)),
          Optional.empty(),
          results);
      results.sortBestFirst();
      assertThat(results.size()).as("space=%s seed=%d", space, seed).isEqualTo(TOP_K);
      for (int i = 0; i < TOP_K; i++) {
        float score = results.scoreAt(i);
        assertThat(
                metric.largerIsNearer()
                    ? score <= (float) inner && score > (float) outer
                    : score >= (float) inner && score < (float) outer)
            .as("space=%s score=%s inner=%s outer=%s seed=%d", space, score, inner, outer, seed)
            .isTrue();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void testSeveralQueriesAtOnce(TestSpace space) throws IOException {
    TestSpace.Source source = space.source(random, 2000, 24);
    float[][] rows = source.draw(2000);
    float[][] queries = source.draw(7);
    try (VectorIndex index = buildAndOpen(space, rows)) {
      List<QueryVector> together = new ArrayList<>();
      List<TopRows> results = new ArrayList<>();
      for (float[] query : queries) {
        together.add(space.query(query));
        results.add(new TopRows(TOP_K, space.metric().largerIsNearer()));
      }
      index.searchAll(together, searchParameters(rows.length, TOP_K), Optional.empty(), results);
      for (int i = 0; i < queries.length; i++) {
        results.get(i).sortBestFirst();
        assertSameResults(
            results.get(i), search(index, space, rows, queries[i], TOP_K, Optional.empty()));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void testConcurrentSearches(TestSpace space) throws Exception {
    TestSpace.Source source = space.source(random, 4000, 24);
    float[][] rows = source.draw(4000);
    float[][] queries = source.draw(60);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (VectorIndex index = buildAndOpen(space, rows)) {
      List<TopRows> expected = new ArrayList<>();
      for (float[] query : queries) {
        expected.add(search(index, space, rows, query, TOP_K, Optional.empty()));
      }
      List<Future<?>> searches = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        searches.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 10 * queries.length; i++) {
                    int query = i % queries.length;
                    assertSameResults(
                        search(index, space, rows, queries[query], TOP_K, Optional.empty()),
                        expected.get(query));
                  }
                }));
      }
      for (Future<?> future : searches) {
        future.get(60, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
      assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  /** Vectors that escape to the heap would cost kilobytes a distance; only compiled code counts. */
  @Tag(TestGroups.ALLOCATION)
  @ParameterizedTest
  @MethodSource("metrics")
  void testSearchesHardlyAllocate(TestSpace space) throws IOException {
    int searches = 100;
    TestSpace.Source source = space.source(random, 3000, 32);
    float[][] rows = source.draw(3000);
    List<QueryVector> queries = Arrays.stream(source.draw(searches)).map(space::query).toList();
    IndexSearchParameters parameters = searchParameters(rows.length, TOP_K);
    long bytesMax = (long) searches * searchBytesMax();
    try (VectorIndex index = buildAndOpen(space, rows)) {
      TopRows results = new TopRows(TOP_K, space.metric().largerIsNearer());
      long allocated =
          AllocatedBytes.untilAtMost(
              bytesMax,
              () -> {
                for (int i = 0; i < searches; i++) {
                  index.search(queries.get(i), parameters, Optional.empty(), results);
                }
              });
      assertThat(allocated).as("bytes of %d searches", searches).isLessThanOrEqualTo(bytesMax);
    }
  }

  @Test
  void testSearchAfterCloseFails() throws IOException {
    TestSpace space = firstSpace();
    float[][] rows = space.source(random, 2, 8).draw(2);
    VectorIndex index = buildAndOpen(space, rows);
    index.close();
    assertThatThrownBy(() -> search(index, space, rows, rows[0], 1, Optional.empty()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void testCancelledBuildStopsAndLeavesNoFile() throws IOException {
    TestSpace space = firstSpace();
    VectorColumn vectors = space.column(arena, 500, space.source(random, 3000, 8).draw(3000));
    Map<String, String> parameters =
        type().validateBuildParameters(buildParameters(vectors.dimension()), vectors.dimension());
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
            () -> type().build(vectors, space.metric(), parameters, IDENTITY, cancelled, target))
        .isInstanceOf(CancellationException.class);
    assertThat(target).doesNotExist();
  }

  @Test
  void testSupports() {
    assertThat(spaces()).as("spaces of %s", type().name()).isNotEmpty();
    assertThat(type().supports(DataType.FLOAT_VECTOR, MetricType.HAMMING)).isFalse();
    assertThat(type().supports(DataType.BINARY_VECTOR, MetricType.L2)).isFalse();
    assertThat(type().supports(DataType.SPARSE_FLOAT_VECTOR, MetricType.COSINE)).isFalse();
    assertThat(type().supports(DataType.VARCHAR, MetricType.L2)).isFalse();
  }

  @Test
  void testFileOfAnotherSegmentIsRefused() throws IOException {
    TestSpace space = firstSpace();
    float[][] rows = space.source(random, 3, 8).draw(3);
    VectorColumn vectors = space.column(arena, 10, Arrays.copyOf(rows, 2));
    MemorySegment file = build(space.metric(), vectors);
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
    VectorColumn longer = space.column(arena, 10, rows);
    assertThatThrownBy(() -> type().open(file, longer, IDENTITY))
        .isInstanceOf(CorruptFileException.class)
        .hasMessageContaining("expected=3 actual=2");
  }

  /** Every byte of a small file, and random bytes of one that has everything. */
  @Test
  void testDamagedFileIsRefused() throws IOException {
    TestSpace space = firstSpace();
    float[][] few = space.source(random, 5, 8).draw(5);
    VectorColumn fewVectors = space.column(arena, 3, few);
    MemorySegment small = build(space.metric(), fewVectors);
    type().verify(small, IDENTITY);
    int step = (int) Math.max(1, small.byteSize() / 4000);
    for (long position = random.nextInt(step); position < small.byteSize(); position += step) {
      assertDamageIsNoticed(small, position, space, fewVectors, few[0]);
    }
    float[][] rows = space.source(random, 300, 16).draw(300);
    VectorColumn vectors = space.column(arena, 100, rows);
    MemorySegment file = build(space.metric(), vectors);
    type().verify(file, IDENTITY);
    for (int round = 0; round < 300; round++) {
      assertDamageIsNoticed(file, random.nextLong(file.byteSize()), space, vectors, rows[0]);
    }
  }

  @Test
  void testTruncatedFileIsRefused() throws IOException {
    TestSpace space = firstSpace();
    VectorColumn vectors = space.column(arena, 10, space.source(random, 2, 8).draw(2));
    MemorySegment file = build(space.metric(), vectors);
    long step = Math.max(1, file.byteSize() / 4000);
    for (long length = 0; length < file.byteSize(); length += step) {
      MemorySegment truncated = file.asSlice(0, length);
      assertThatThrownBy(() -> type().open(truncated, vectors, IDENTITY))
          .isInstanceOf(CorruptFileException.class);
    }
  }

  @Test
  void testFileOfAnotherVersionIsRefused() throws IOException {
    TestSpace space = firstSpace();
    VectorColumn vectors = space.column(arena, 10, space.source(random, 2, 8).draw(2));
    MemorySegment file = build(space.metric(), vectors);
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
    TestSpace space = firstSpace();
    VectorColumn vectors = space.column(arena, 10, space.source(random, 2, 8).draw(2));
    for (int version : new int[] {0, 99}) {
      Path target = directory.resolve("version-" + version);
      IndexDescription description =
          new IndexDescription(
              type().name(), space.metric(), version, 2, vectors.dimension(), 0, 0, 0, 0);
      IndexFiles.write(target, IDENTITY, description, writer -> {});
      MemorySegment file = BlockFile.map(target, arena);
      assertThatThrownBy(() -> type().open(file, vectors, IDENTITY))
          .isInstanceOf(version == 0 ? FileTooOldException.class : FileTooNewException.class)
          .hasMessageContaining("actual=" + version);
    }
  }

  @Test
  void testIndexOfAnotherTypeIsRefused() throws IOException {
    TestSpace space = firstSpace();
    VectorColumn vectors = space.column(arena, 10, space.source(random, 2, 8).draw(2));
    Path target = directory.resolve("another");
    IndexDescription description =
        new IndexDescription("ANOTHER", space.metric(), 1, 2, vectors.dimension(), 0, 0, 0, 0);
    IndexFiles.write(target, IDENTITY, description, writer -> {});
    MemorySegment file = BlockFile.map(target, arena);
    assertThatThrownBy(() -> type().open(file, vectors, IDENTITY))
        .isInstanceOf(CorruptFileException.class)
        .hasMessageContaining("expected=" + type().name() + " actual=ANOTHER");
  }

  /** Of float vectors. */
  protected VectorIndex buildAndOpen(MetricType metric, float[][] rows) throws IOException {
    return buildAndOpen(new TestSpace(DataType.FLOAT_VECTOR, metric), rows);
  }

  protected VectorIndex buildAndOpen(TestSpace space, float[][] rows) throws IOException {
    VectorColumn vectors = space.column(arena, 1 + random.nextInt(rows.length), rows);
    return open(build(space.metric(), vectors), vectors);
  }

  protected MemorySegment build(MetricType metric, VectorColumn vectors) throws IOException {
    Path target = directory.resolve("index-" + files++);
    Map<String, String> parameters =
        type().validateBuildParameters(buildParameters(vectors.dimension()), vectors.dimension());
    type().build(vectors, metric, parameters, IDENTITY, twoThreads(vectors.rowCount()), target);
    assertThat(Files.exists(target)).isTrue();
    return BlockFile.map(target, arena);
  }

  protected VectorIndex open(MemorySegment file, VectorColumn vectors) {
    return type().open(file, vectors, IDENTITY);
  }

  /** In float vectors. */
  protected TopRows search(
      VectorIndex index, MetricType metric, float[] query, int limit, Optional<RowBitmap> allowed) {
    TopRows results = new TopRows(limit, metric.largerIsNearer());
    index.search(
        QueryVector.of(query), searchParameters(index.rowCount(), limit), allowed, results);
    results.sortBestFirst();
    return results;
  }

  private TopRows search(
      VectorIndex index,
      TestSpace space,
      float[][] rows,
      float[] query,
      int limit,
      Optional<RowBitmap> allowed) {
    TopRows results = new TopRows(limit, space.metric().largerIsNearer());
    index.search(space.query(query), searchParameters(rows.length, limit), allowed, results);
    results.sortBestFirst();
    return results;
  }

  private void assertRecall(
      VectorIndex index,
      TestSpace space,
      float[][] rows,
      float[][] queries,
      IntPredicate present,
      Optional<RowBitmap> allowed) {
    assertRecall(index, space, rows, queries, present, allowed, 0);
  }

  /**
   * Rows of equal distance stand for each other, so scores are compared and not row numbers.
   *
   * @param tolerance by how much these queries may fall below the floor
   */
  private void assertRecall(
      VectorIndex index,
      TestSpace space,
      float[][] rows,
      float[][] queries,
      IntPredicate present,
      Optional<RowBitmap> allowed,
      double tolerance) {
    MetricType metric = space.metric();
    int found = 0;
    int wanted = 0;
    for (float[] query : queries) {
      List<Integer> expected =
          ReferenceSearch.nearest(
              metric,
              rows,
              query,
              TOP_K,
              row ->
                  present.test(row)
                      && (allowed.isEmpty() || allowed.get().contains(row))
                      && space.findable(ReferenceSearch.score(metric, rows[row], query)));
      TopRows results = search(index, space, rows, query, TOP_K, allowed);
      assertThat(rowsOf(results)).as("seed=%d", seed).doesNotHaveDuplicates();
      if (expected.isEmpty()) {
        assertThat(results.size()).isZero();
        continue;
      }
      wanted += expected.size();
      double worst = ReferenceSearch.score(metric, rows[expected.getLast()], query);
      double rounding = 1e-5 * (1 + Math.abs(worst));
      for (int i = 0; i < results.size(); i++) {
        int row = results.rowAt(i);
        assertThat(present.test(row)).isTrue();
        assertThat(allowed.isEmpty() || allowed.get().contains(row)).isTrue();
        double score = ReferenceSearch.score(metric, rows[row], query);
        assertThat((double) results.scoreAt(i))
            .as("space=%s row=%d seed=%d", space, row, seed)
            .isCloseTo(score, within(scoreError(space, rows, query, score)));
        if (metric.largerIsNearer() ? score >= worst - rounding : score <= worst + rounding) {
          found++;
        }
      }
    }
    if (wanted > 0) {
      assertThat((double) found / wanted)
          .as("recall, space=%s seed=%d", space, seed)
          .isBetween(recallFloor(space) - tolerance, 1.0);
    }
  }

  /** The best scores must be the true ones, apart from the family's error. */
  private void assertSameScores(
      VectorIndex index,
      TestSpace space,
      float[][] rows,
      float[] query,
      int limit,
      IntPredicate present) {
    MetricType metric = space.metric();
    TopRows results = search(index, space, rows, query, limit, Optional.empty());
    List<Integer> expected =
        ReferenceSearch.nearest(
            metric,
            rows,
            query,
            limit,
            row ->
                present.test(row)
                    && space.findable(ReferenceSearch.score(metric, rows[row], query)));
    assertThat(results.size()).as("space=%s seed=%d", space, seed).isEqualTo(expected.size());
    for (int i = 0; i < results.size(); i++) {
      double score = ReferenceSearch.score(metric, rows[expected.get(i)], query);
      assertThat((double) results.scoreAt(i))
          .as("space=%s dimension=%d position=%d seed=%d", space, query.length, i, seed)
          .isCloseTo(score, within(scoreError(space, rows, query, score)));
    }
    assertThat(rowsOf(results)).as("seed=%d", seed).doesNotHaveDuplicates().allMatch(present::test);
  }

  private void assertSameResults(TopRows actual, TopRows expected) {
    assertThat(actual.size()).as("seed=%d", seed).isEqualTo(expected.size());
    for (int i = 0; i < actual.size(); i++) {
      assertThat(actual.scoreAt(i))
          .as("position=%d seed=%d", i, seed)
          .isCloseTo(expected.scoreAt(i), within(1e-5f * (1 + Math.abs(expected.scoreAt(i)))));
    }
  }

  private void assertDamageIsNoticed(
      MemorySegment file, long position, TestSpace space, VectorColumn vectors, float[] query) {
    byte value = file.get(LittleEndian.BYTE, position);
    try (Arena shortLived = Arena.ofConfined()) {
      MemorySegment damaged = shortLived.allocate(file.byteSize(), 64).copyFrom(file);
      damaged.set(LittleEndian.BYTE, position, (byte) (value ^ (1 << random.nextInt(8))));
      assertThatThrownBy(() -> type().verify(damaged, IDENTITY))
          .as("position=%d seed=%d", position, seed)
          .isInstanceOf(UnusableFileException.class);
      searchIfOpened(damaged, space, vectors, query);
    }
  }

  /** A damaged block is only noticed by verify; until then it may cost recall but no crash. */
  private void searchIfOpened(
      MemorySegment file, TestSpace space, VectorColumn vectors, float[] query) {
    VectorIndex index;
    try {
      index = open(file, vectors);
    } catch (UnusableFileException e) {
      return;
    }
    TopRows results = new TopRows(TOP_K, space.metric().largerIsNearer());
    index.search(
        space.query(query), searchParameters(vectors.rowCount(), TOP_K), Optional.empty(), results);
    assertThat(results.size()).isLessThanOrEqualTo(TOP_K);
    index.close();
  }

  private static float[][] realRows(TestSpace space, int count) throws IOException {
    return fit(space, RealVectors.rows(count));
  }

  private static float[][] realQueries(TestSpace space, int count) throws IOException {
    return fit(space, RealVectors.queries(count));
  }

  /** Numbers are cut off where the type does not allow the dimension. */
  private static float[][] fit(TestSpace space, float[][] vectors) {
    if (space.type() == DataType.BINARY_VECTOR) {
      int dimension = vectors[0].length / Byte.SIZE * Byte.SIZE;
      Arrays.setAll(vectors, i -> Arrays.copyOf(vectors[i], dimension));
    }
    return vectors;
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
