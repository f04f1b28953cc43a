package dev.sagitta.engine.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.catalog.ChunkDescriptor;
import dev.sagitta.engine.catalog.SegmentDescriptor;
import dev.sagitta.engine.catalog.SegmentState;
import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.column.ColumnBatches;
import dev.sagitta.engine.column.ColumnBuilder;
import dev.sagitta.engine.column.ColumnSource;
import dev.sagitta.engine.filter.RandomFilters.Filtering;
import dev.sagitta.engine.scalarindex.BuiltIndexes;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.segment.ChunkWriter;
import dev.sagitta.engine.segment.GrowingSegment;
import dev.sagitta.engine.segment.SealedSegment;
import dev.sagitta.engine.segment.SegmentView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random conditions on random rows choose the rows that a plain interpreter chooses: on columns in
 * memory, in a growing segment, in a sealed one whose chunks are left out by their ranges, and with
 * random indexes, which are used wherever they know anything. Conditions are printed as text, so
 * that lexer, parser and planner are tested with the evaluation.
 */
class TestRandomFilters {
  private static final int TABLES = 8;
  private static final int ROWS = 70;
  private static final int CONDITIONS = 2500;
  private static final String[] CASTS = {
    "BOOL", "DOUBLE", "VARCHAR", "ARRAY_BOOL", "ARRAY_DOUBLE", "ARRAY_VARCHAR", "JSON"
  };
  private static final String[] PATHS = {
    "", "['x']", "[\"y\"]", "['z']", "['x']['y']", "[1]", "['日']", "['x'][1]", "[\"k'e\\\"y\"]"
  };

  private final long seed = Long.getLong("sagitta.seed", new Random().nextLong());
  private final Random random = new Random(seed);
  private final RandomFilters filters = new RandomFilters(random);
  private long selected;

  @TempDir Path directory;

  @Test
  void agreesWithThePlainInterpreter() throws IOException {
    System.out.println("TestRandomFilters seed=" + seed);
    for (int i = 0; i < TABLES; i++) {
      List<Map<String, Object>> rows = new ArrayList<>();
      for (long key = 0; key < ROWS; key++) {
        rows.add(filters.row(key));
      }
      checkTable(Table.of(Table.schemaOfAllTypes(true), rows), directory.resolve("table" + i));
    }
    // Conditions that choose all rows or none would test nothing.
    assertThat(selected / (double) (TABLES * CONDITIONS * ROWS)).isBetween(0.1, 0.9);
  }

  private void checkTable(Table table, Path folder) throws IOException {
    Path indexes = Files.createDirectories(folder.resolve("indexes"));
    try (GrowingSegment growing = new GrowingSegment(1, 2, 3, "v", table.schema());
        BuiltIndexes indexed = new BuiltIndexes(table.batch(), indexes, true)) {
      append(growing, table);
      List<String> built = addIndexes(indexed, table);
      try (SegmentView growingRows = growing.acquire();
          SealedSegment sealed = seal(growingRows, table, folder);
          SegmentView sealedRows = sealed.acquire()) {
        Map<String, ColumnSource> sources = new LinkedHashMap<>();
        sources.put("columns", table.batch());
        sources.put("growing segment", growingRows);
        sources.put("sealed segment", sealedRows);
        sources.put("indexes " + built, indexed);
        for (int i = 0; i < CONDITIONS; i++) {
          check(table, sources, filters.filter(random.nextInt(4)));
        }
      }
      assertThat(indexed.lookups()).as("seed=%d", seed).isGreaterThan(CONDITIONS / 2);
    }
  }

  /** In pieces, so that columns of the segment lie in several blocks. */
  private static void append(GrowingSegment growing, Table table) {
    int piece = 30;
    for (int from = 0; from < ROWS; from += piece) {
      int to = Math.min(ROWS, from + piece);
      int[] rows = IntStream.range(from, to).toArray();
      growing.append(withVectors(ColumnBatches.select(table.batch(), rows), table), 100 + from);
    }
  }

  private static ColumnBatch withVectors(ColumnBatch rows, Table table) {
    Map<Long, Column> columns = new LinkedHashMap<>(rows.columns());
    for (FieldSchema field : table.schema().vectorFields()) {
      ColumnBuilder builder = ColumnBuilder.forField(field, rows.rowCount());
      for (int row = 0; row < rows.rowCount(); row++) {
        builder.appendVector(new float[field.dimension()], 0);
      }
      columns.put(field.id(), builder.build());
    }
    return new ColumnBatch(rows.rowCount(), columns);
  }

  private static SealedSegment seal(SegmentView rows, Table table, Path folder) throws IOException {
    ChunkWriter writer = new ChunkWriter(folder, 1, 2);
    List<ChunkDescriptor> chunks = new ArrayList<>();
    int chunk = 9;
    for (int from = 0; from < ROWS; from += chunk) {
      chunks.add(
          writer
              .writeChunk(chunks.size(), table.schema(), rows, from, Math.min(ROWS, from + chunk))
              .descriptor());
    }
    return SealedSegment.open(
        new SegmentDescriptor(2, 1, 3, "v", SegmentState.SEALED, chunks, List.of(), List.of()),
        table.schema(),
        folder::resolve);
  }

  private void check(Table table, Map<String, ColumnSource> sources, Filtering filtering) {
    String text = filtering.condition().text();
    RowBitmap expected = new RowBitmap(ROWS);
    for (int row = 0; row < ROWS; row++) {
      if (filtering.condition().truth().apply(table.rows().get(row)).orElse(false)) {
        expected.add(row);
      }
    }
    selected += expected.cardinality();
    RowBitmap candidates = new RowBitmap(ROWS);
    for (int row = 0; row < ROWS; row += random.nextInt(1, 12)) {
      candidates.add(row);
    }
    RowBitmap expectedAmong = expected.copy();
    expectedAmong.and(candidates);
    Filter filter = FilterCompiler.compile(text, filtering.templates(), table.schema());
    sources.forEach(
        (name, source) -> {
          if (random.nextInt(4) == 0) {
            RowBitmap among = filter.evaluate(source, candidates);
            compare(table, filtering, name + " among candidates", among, expectedAmong);
          } else {
            compare(table, filtering, name, filter.evaluate(source), expected);
          }
        });
  }

  private void compare(
      Table table, Filtering filtering, String source, RowBitmap actual, RowBitmap expected) {
    for (int row = 0; row < ROWS; row++) {
      if (actual.contains(row) != expected.contains(row)) {
        assertThat(actual.contains(row))
            .as(
                "seed=%d filter=%s templates=%s row=%s source=%s",
                seed,
                filtering.condition().text(),
                filtering.templates(),
                table.rows().get(row),
                source)
            .isEqualTo(expected.contains(row));
      }
    }
  }

  private List<String> addIndexes(BuiltIndexes indexes, Table table) {
    List<String> built = new ArrayList<>();
    for (FieldSchema field : table.schema().fields()) {
      switch (field.type()) {
        case JSON -> addJsonIndexes(indexes, built, field);
        case VARCHAR -> {
          if (random.nextBoolean()) {
            String minimum = Integer.toString(random.nextInt(1, 3));
            add(indexes, built, field, "NGRAM", Map.of("min_gram", minimum, "max_gram", "3"));
          } else {
            add(indexes, built, field, pick("INVERTED", "BITMAP", "STL_SORT", "Trie", "HYBRID"));
          }
        }
        case ARRAY -> {
          boolean doubles = field.elementType().orElseThrow() == DataType.DOUBLE;
          add(indexes, built, field, doubles ? "INVERTED" : pick("INVERTED", "BITMAP", "HYBRID"));
        }
        case FLOAT, DOUBLE, TIMESTAMPTZ ->
            add(indexes, built, field, pick("INVERTED", "STL_SORT", "HYBRID", "AUTOINDEX"));
        case GEOMETRY -> add(indexes, built, field, pick("RTREE", "AUTOINDEX"));
        case FLOAT_VECTOR -> {}
        default ->
            add(
                indexes,
                built,
                field,
                field.primaryKey() ? "STL_SORT" : pick("INVERTED", "BITMAP", "HYBRID"));
      }
    }
    return built;
  }

  private void addJsonIndexes(BuiltIndexes indexes, List<String> built, FieldSchema field) {
    for (int i = 0; i < 4; i++) {
      add(
          indexes,
          built,
          field,
          "INVERTED",
          Map.of("json_path", field.name() + pick(PATHS), "json_cast_type", pick(CASTS)));
    }
    add(
        indexes,
        built,
        field,
        "NGRAM",
        Map.of(
            "json_path", field.name() + pick(PATHS),
            "json_cast_type", "VARCHAR",
            "min_gram", "1",
            "max_gram", "2"));
  }

  private static void add(
      BuiltIndexes indexes, List<String> built, FieldSchema field, String type) {
    add(indexes, built, field, type, Map.of());
  }

  private static void add(
      BuiltIndexes indexes,
      List<String> built,
      FieldSchema field,
      String type,
      Map<String, String> parameters) {
    indexes.add(field, type, parameters);
    built.add(field.name() + " " + type + " " + parameters);
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
