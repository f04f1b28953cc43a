package dev.sagitta.engine.index.diskann;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.index.AbstractVectorIndexTypeTest;
import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.index.ClusteredVectors;
import dev.sagitta.engine.index.IndexDescription;
import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.index.OffHeapVectors;
import dev.sagitta.engine.index.QueryVector;
import dev.sagitta.engine.index.TestSpace;
import dev.sagitta.engine.index.TopRows;
import dev.sagitta.engine.index.VectorIndex;
import dev.sagitta.engine.index.VectorIndexType;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.storage.BlockFile;
import dev.sagitta.engine.storage.CorruptFileException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestDiskAnnIndexType extends AbstractVectorIndexTypeTest {
  private int files;

  @Override
  protected VectorIndexType type() {
    return new DiskAnnIndexType();
  }

  @Override
  protected Map<String, String> buildParameters() {
    return Map.of("MaxDegree", "24", "SearchListSize", "40", "PQCodeBudgetGBRatio", "0.25");
  }

  @Override
  protected double recallFloor() {
    return 0.9;
  }

  /** A quarter of an int8 vector is two bits a number, with which few candidates are not enough. */
  @Override
  protected double recallFloor(TestSpace space) {
    return space.type() == DataType.INT8_VECTOR ? 0.85 : recallFloor();
  }

  @Test
  void testBuildParameters() {
    assertThat(type().validateBuildParameters(Map.of(), 4))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "MaxDegree", "56",
                "SearchListSize", "100",
                "PQCodeBudgetGBRatio", "0.125",
                "SearchCacheBudgetGBRatio", "0.1",
                "BeamWidthRatio", "4"));
    assertInvalid("MaxDegree", "0", "param 'MaxDegree' (0) should be in range [1, 512]");
    assertInvalid("MaxDegree", "513", "param 'MaxDegree' (513) should be in range [1, 512]");
    assertInvalid("SearchListSize", "0", "param 'SearchListSize' (0) should be in range [1, ");
    assertInvalid("PQCodeBudgetGBRatio", "0", "'PQCodeBudgetGBRatio' (0.0)");
    assertInvalid("PQCodeBudgetGBRatio", "0.26", "'PQCodeBudgetGBRatio' (0.26)");
    assertInvalid("PQCodeBudgetGBRatio", "NaN", "'PQCodeBudgetGBRatio' (NaN)");
    assertInvalid("PQCodeBudgetGBRatio", "half", "'PQCodeBudgetGBRatio' (half) should be number");
    assertInvalid("SearchCacheBudgetGBRatio", "-0.1", "'SearchCacheBudgetGBRatio' (-0.1)");
    assertInvalid("BeamWidthRatio", "65", "param 'BeamWidthRatio' (65) should be in range [1, 64]");
  }

  @Test
  void testSearchParameters() {
    type().validateSearchParameters(IndexSearchParameters.DEFAULT, 16384);
    type().validateSearchParameters(searchList("10"), 10);
    assertThatThrownBy(() -> type().validateSearchParameters(searchList("9"), 10))
        .isInstanceOf(SagittaException.class)
        .hasMessageContaining("param 'search_list' (9) should be in range [10, ");
  }

  /** What has to be in memory is bounded by the two ratios, whatever the file's length. */
  @ParameterizedTest
  @CsvSource({"0.25, 0", "0.125, 0.1", "0.06, 0.02", "0.02, 0"})
  void testMemoryBound(double codeRatio, double cacheRatio) throws IOException {
    int dimension = 128;
    ClusteredVectors source = new ClusteredVectors(random, 1500, dimension);
    float[][] rows = source.draw(1500);
    OffHeapVectors vectors = new OffHeapVectors(arena, 400, rows);
    MemorySegment file =
        build(
            vectors,
            Map.of(
                "MaxDegree",
                "24",
                "SearchListSize",
                "30",
                "PQCodeBudgetGBRatio",
                Double.toString(codeRatio),
                "SearchCacheBudgetGBRatio",
                Double.toString(cacheRatio)));
    long rawBytes = 4L * dimension * rows.length;
    try (VectorIndex index = type().open(file, vectors, IDENTITY)) {
      assertThat(index.sizeInBytes())
          .isPositive()
          .isLessThanOrEqualTo((long) ((codeRatio + cacheRatio) * rawBytes));
      assertThat(index.sizeInBytes()).isLessThan(file.byteSize() / 3);
      for (int i = 0; i < 20; i++) {
        TopRows results = new TopRows(1, false);
        index.search(QueryVector.of(rows[i]), searchList("1500"), Optional.empty(), results);
        assertThat(results.scoreAt(0)).as("row=%d seed=%d", i, seed).isZero();
      }
    }
  }

  @Test
  void testMoreCandidatesThanRowsCostNoMemory() throws IOException {
    OffHeapVectors vectors = new OffHeapVectors(arena, 10, new float[][] {{1}, {2}, {3}});
    MemorySegment file = build(vectors, Map.of("MaxDegree", "1", "SearchListSize", "2147483647"));
    try (VectorIndex index = type().open(file, vectors, IDENTITY)) {
      TopRows results = new TopRows(2, false);
      index.search(QueryVector.of(3), searchList("2147483647"), Optional.empty(), results);
      results.sortBestFirst();
      assertThat(results.rowAt(0)).isEqualTo(2);
    }
  }

  /** With one link a node, a graph only stays whole if what was cut off is linked again. */
  @Test
  void testEveryNodeIsReached() throws IOException {
    float[][] rows = new ClusteredVectors(random, 400, 6).draw(400);
    OffHeapVectors vectors = new OffHeapVectors(arena, 100, rows);
    for (String degree : List.of("1", "2", "4")) {
      MemorySegment file = build(vectors, Map.of("MaxDegree", degree, "SearchListSize", "5"));
      try (VectorIndex index = type().open(file, vectors, IDENTITY)) {
        TopRows results = search(index, rows[0], 400);
        assertThat(results.size()).as("degree=%s seed=%d", degree, seed).isEqualTo(400);
      }
    }
  }

  /** Equal vectors are one node; all of their rows are found, or those that are allowed. */
  @Test
  void testRowsOfEqualVectors() throws IOException {
    float[][] rows = new ClusteredVectors(random, 900, 6).draw(900);
    for (int row = 300; row < 900; row++) {
      rows[row] = rows[row % 300];
    }
    try (VectorIndex index = buildAndOpen(MetricType.COSINE, rows)) {
      TopRows results = new TopRows(3, true);
      index.search(
          QueryVector.of(rows[7]), IndexSearchParameters.DEFAULT, Optional.empty(), results);
      results.sortBestFirst();
      for (int i = 0; i < 3; i++) {
        assertThat(rows[results.rowAt(i)]).as("seed=%d", seed).isEqualTo(rows[7]);
      }
    }
  }

  /** The codes are read when the index is opened, so that damage to them is noticed then. */
  @Test
  void testDamagedCodesAreRefused() throws IOException {
    float[][] rows = new ClusteredVectors(random, 300, 32).draw(300);
    OffHeapVectors vectors = new OffHeapVectors(arena, 300, rows);
    MemorySegment file = build(vectors, buildParameters());
    MemorySegment codes =
        IndexDescription.openFile(file, DiskAnnIndexType.NAME, IDENTITY)
            .block(DiskAnnFile.CODES_BLOCK);
    long position = codes.address() - file.address() + random.nextLong(codes.byteSize());
    MemorySegment damaged = arena.allocate(file.byteSize(), 64).copyFrom(file);
    byte value = damaged.get(ValueLayout.JAVA_BYTE, position);
    damaged.set(ValueLayout.JAVA_BYTE, position, (byte) ~value);
    assertThatThrownBy(() -> type().open(damaged, vectors, IDENTITY))
        .isInstanceOf(CorruptFileException.class)
        .hasMessageContaining("checksum of block " + DiskAnnFile.CODES_BLOCK);
  }

  /** Whatever links, rows and counts say, a search stays inside of the file. */
  @Test
  void testRandomRecordsLeadNowhere() throws IOException {
    float[][] rows = new ClusteredVectors(random, 500, 9).draw(500);
    OffHeapVectors vectors = new OffHeapVectors(arena, 500, rows);
    MemorySegment file = build(vectors, buildParameters());
    for (int round = 0; round < 20; round++) {
      MemorySegment damaged = arena.allocate(file.byteSize(), 64).copyFrom(file);
      long sectorBytes = new NodeLayout(vectors.vectorBytes(), 24).bytes(rows.length);
      for (int i = 0; i < 2000; i++) {
        long position = NodeLayout.SECTOR_BYTES + 4 * random.nextLong(sectorBytes / 4);
        damaged.set(ValueLayout.JAVA_INT, position, random.nextInt());
      }
      try (VectorIndex index = type().open(damaged, vectors, IDENTITY)) {
        TopRows results = search(index, rows[round], 10);
        for (int i = 0; i < results.size(); i++) {
          assertThat(results.rowAt(i)).as("seed=%d", seed).isBetween(0, rows.length - 1);
        }
      }
    }
  }

  @Test
  void testBuildLeavesNoScratchFile() throws IOException {
    OffHeapVectors vectors =
        new OffHeapVectors(arena, 50, new ClusteredVectors(random, 200, 5).draw(200));
    build(vectors, buildParameters());
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.endsWith(".vectors"));
    }
  }

  private MemorySegment build(OffHeapVectors vectors, Map<String, String> parameters)
      throws IOException {
    Path target = directory.resolve("diskann-" + files++);
    type().build(vectors, MetricType.L2, parameters, IDENTITY, BuildProgress.NONE, target);
    return BlockFile.map(target, arena);
  }

  private static TopRows search(VectorIndex index, float[] query, int limit) {
    TopRows results = new TopRows(limit, false);
    index.search(QueryVector.of(query), IndexSearchParameters.DEFAULT, Optional.empty(), results);
    results.sortBestFirst();
    return results;
  }

  private void assertInvalid(String name, String value, String message) {
    assertThatThrownBy(() -> type().validateBuildParameters(Map.of(name, value), 4))
        .isInstanceOfSatisfying(
            SagittaException.class,
            e -> assertThat(e.errorCode()).isEqualTo(ErrorCode.INVALID_PARAMETER))
        .hasMessageContaining(message);
  }

  private static IndexSearchParameters searchList(String size) {
    return new IndexSearchParameters(
        Map.of("search_list", size), OptionalDouble.empty(), OptionalDouble.empty());
  }
}
