package dev.sagitta.engine.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.column.ColumnBuilder;
import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.index.QueryVector;
import dev.sagitta.engine.index.TopRows;
import dev.sagitta.engine.index.hnsw.GrowingHnswIndex;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.schema.MetricType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows of a growing segment get their index as searches pay for the lack of it. */
class TestGrowingIndexes {
  private static final int ROWS = 5_000;
  private static final long VECTOR = 101;
  private static final CollectionSchema SCHEMA =
      new CollectionSchema(
          "c",
          "",
          List.of(
              FieldSchema.of(100, "pk", DataType.INT64).asPrimaryKey(false),
              FieldSchema.of(VECTOR, "vector", DataType.FLOAT_VECTOR)
                  .withParameters(Map.of("dim", "2"))),
          false);

  private GrowingSegment segment;

  @BeforeEach
  void setUp() {
    segment = new GrowingSegment(1, 2, 3, "v", SCHEMA);
    Map<Long, ColumnBuilder> builders = new LinkedHashMap<>();
    SCHEMA.fields().forEach(field -> builders.put(field.id(), ColumnBuilder.forField(field, ROWS)));
    for (int row = 0; row < ROWS; row++) {
      builders.get(100L).appendLong(row);
      builders.get(VECTOR).appendVector(new float[] {row, 1}, 0);
    }
    Map<Long, Column> columns = new LinkedHashMap<>();
    builders.forEach((id, builder) -> columns.put(id, builder.build()));
    segment.append(new ColumnBatch(ROWS, columns), 7);
  }

  @AfterEach
  void tearDown() {
    segment.close();
  }

  @Test
  void testRowsThatNobodySearchedAreNotWorthAnIndex() {
    assertThat(segment.rowsWorthIndexing(VECTOR)).as("no index").isZero();
    attach();
    assertThat(segment.rowsWorthIndexing(VECTOR)).isZero();
  }

  @Test
  void testScannedRowsPayForIndexedOnes() {
    attach();
    search(3, Optional.empty());
    assertThat(segment.rowsWorthIndexing(VECTOR)).isEqualTo(15);
    segment.indexNext(VECTOR, 10);
    assertThat(segment.rowsWorthIndexing(VECTOR)).isEqualTo(5);
    segment.indexNext(VECTOR, 5);
    search(2, Optional.empty());
    assertThat(segment.rowsWorthIndexing(VECTOR))
        .as("the second search did not scan 15 of the rows")
        .isEqualTo((15_000 + 2 * (ROWS - 15)) / 1_000 - 15);
  }

  @Test
  void testFilteredSearchesPayForTheRowsThatPass() {
    attach();
    RowBitmap allowed = new RowBitmap(ROWS);
    for (int row = 0; row < 600; row++) {
      allowed.add(row);
    }
    search(5, Optional.of(allowed));
    assertThat(segment.rowsWorthIndexing(VECTOR)).isEqualTo(3);
  }

  @Test
  void testSearchesPayForAllRowsAtMost() {
    attach();
    search(1_001, Optional.empty());
    assertThat(segment.rowsWorthIndexing(VECTOR)).isEqualTo(ROWS);
    assertThat(segment.indexNext(VECTOR, ROWS)).isZero();
    assertThat(segment.rowsWorthIndexing(VECTOR)).isZero();
  }

  private void attach() {
    segment.attachIndex(VECTOR, MetricType.L2, new GrowingHnswIndex(MetricType.L2, 2));
  }

  private void search(int queries, Optional<RowBitmap> allowed) {
    List<TopRows> results = Stream.generate(() -> new TopRows(1, false)).limit(queries).toList();
    try (SegmentView view = segment.acquire()) {
      view.vectorSearch(
          VECTOR,
          MetricType.L2,
          Collections.nCopies(queries, QueryVector.of(new float[] {3, 1})),
          IndexSearchParameters.DEFAULT,
          allowed,
          results);
    }
    assertThat(results).allSatisfy(top -> assertThat(top.rowAt(0)).isEqualTo(3));
  }
}
