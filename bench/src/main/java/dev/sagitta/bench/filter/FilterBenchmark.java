package dev.sagitta.bench.filter;

import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.column.LongColumn;
import dev.sagitta.engine.column.StringColumn;
import dev.sagitta.engine.filter.Filter;
import dev.sagitta.engine.filter.FilterCompiler;
import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.index.IndexFileIdentity;
import dev.sagitta.engine.scalarindex.IndexedColumns;
import dev.sagitta.engine.scalarindex.ScalarIndex;
import dev.sagitta.engine.scalarindex.ScalarIndexTypes;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.storage.BlockFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Times filters over made-up rows with and without an index, interleaved in one process, and prints
 * a table of medians of the thread's processor time.
 *
 * <p>Arguments: number of rows (1,000,000), seed (42).
 */
public final class FilterBenchmark {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int ROUNDS = 9;
  private static final long SHORTEST_RUN = 20_000_000;

  private final CollectionSchema schema = FilterRows.schema();
  private final ColumnBatch rows;
  private final Path directory;
  private final Arena arena;
  private final Random random;

  private FilterBenchmark(ColumnBatch rows, Path directory, Arena arena, long seed) {
    this.rows = rows;
    this.directory = directory;
    this.arena = arena;
    this.random = new Random(seed);
  }

  public static void main(String[] arguments) throws IOException {
    int rowCount = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
    long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : 42;
    Path directory = Files.createTempDirectory("sagitta-filters");
    try (Arena arena = Arena.ofShared()) {
      System.out.println("rows=" + rowCount + " seed=" + seed);
      new FilterBenchmark(FilterRows.make(rowCount, seed), directory, arena, seed).run();
    } finally {
      try (var files = Files.list(directory)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(directory);
    }
  }

  private void run() throws IOException {
    int rowCount = rows.rowCount();
    System.out.printf("%-34s %-10s %9s %11s%n", "index", "type", "build ms", "bytes/row");
    Indexed number = build("number", "INVERTED", Map.of());
    Indexed sorted = build("price", "STL_SORT", Map.of());
    Indexed kind = build("kind", "HYBRID", Map.of());
    Indexed name = build("name", "Trie", Map.of());
    Indexed grams = build("name", "NGRAM", Map.of("min_gram", "2", "max_gram", "3"));
    Indexed section = build("section", "BITMAP", Map.of());
    Indexed tags = build("tags", "INVERTED", Map.of());
    Indexed path =
        build(
            "info", "INVERTED", Map.of("json_path", "info[\"price\"]", "json_cast_type", "DOUBLE"));
    Indexed tree = build("info", "INVERTED", Map.of("json_cast_type", "JSON"));

    System.out.printf(
        "%n%-46s %-10s %10s %12s %12s %8s%n",
        "filter", "index", "rows", "scan, us", "index, us", "ratio");
    long wanted = ((LongColumn) rows.column(102)).longAt(7);
    String wantedName = ((StringColumn) rows.column(105)).stringAt(7);
    compare("number == " + wanted, number, Map.of());
    for (double share : new double[] {0.0001, 0.001, 0.01, 0.1, 0.3, 0.5, 0.9}) {
      compare("number < " + (long) (share * 10 * rowCount), number, Map.of());
    }
    compare("price >= 100 and price < 101", sorted, Map.of());
    compare("number in {list}", number, Map.of("list", numbers(10_000)));
    compare("number in {list}", number, Map.of("list", numbers(100)));
    compare("kind == 3", kind, Map.of());
    compare("kind != 3", kind, Map.of());
    compare("kind in [1, 40, 41]", kind, Map.of());
    compare("section == \"section-7\"", section, Map.of());
    compare("section like \"%-2%\"", section, Map.of());
    compare("name == \"" + wantedName + "\"", name, Map.of());
    compare("name like \"libpy%\"", name, Map.of());
    compare("name like \"lib%\"", name, Map.of());
    compare("name > \"m\"", name, Map.of());
    compare("name in {list}", name, Map.of("list", names(10_000)));
    compare("name like \"%gtkjava%\"", name, Map.of());
    compare("name like \"%gtkjava%\"", grams, Map.of());
    compare("name like \"%lib%\"", grams, Map.of());
    compare("name like \"%quasolter%\"", grams, Map.of());
    compare("name like \"%a%\"", grams, Map.of());
    compare("array_contains(tags, \"tag-77\")", tags, Map.of());
    compare("array_contains_all(tags, [\"tag-77\", \"tag-78\"])", tags, Map.of());
    compare("info[\"price\"] < 1", path, Map.of());
    compare("info[\"price\"] < 500", path, Map.of());
    compare("info[\"section\"] == \"section-7\"", tree, Map.of());
    compare("info[\"price\"] < 1", tree, Map.of());
    compare("number < 1000 and name like \"%a%\"", number, Map.of());
  }

  private List<Long> numbers(int count) {
    List<Long> numbers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      numbers.add((long) random.nextInt(10 * rows.rowCount()));
    }
    return numbers;
  }

  private List<String> names(int count) {
    StringColumn column = (StringColumn) rows.column(105);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      names.add(column.stringAt(random.nextInt(rows.rowCount())) + (i % 2 == 0 ? "" : "x"));
    }
    return names;
  }

  private record Indexed(ColumnBatch rows, long fieldId, String type, ScalarIndex index)
      implements IndexedColumns {
    @Override
    public List<ScalarIndex> scalarIndexes(long field) {
      return field == fieldId ? List.of(index) : List.of();
    }

    @Override
    public int rowCount() {
      return rows.rowCount();
    }

    @Override
    public Column column(long field) {
      return rows.column(field);
    }
  }

  private Indexed build(String fieldName, String typeName, Map<String, String> parameters)
      throws IOException {
    FieldSchema field = schema.field(fieldName).orElseThrow();
    ScalarIndexTypes.Resolved resolved = ScalarIndexTypes.resolve(typeName, field, parameters);
    IndexFileIdentity identity = new IndexFileIdentity(1, 2, field.id(), 3);
    Path file = directory.resolve(fieldName + "-" + typeName + "-" + parameters.hashCode());
    long begin = THREADS.getCurrentThreadCpuTime();
    resolved
        .type()
        .build(
            field,
            resolved.parameters(),
            rows.column(field.id()),
            identity,
            BuildProgress.NONE,
            file);
    long milliseconds = (THREADS.getCurrentThreadCpuTime() - begin) / 1_000_000;
    System.out.printf(
        "%-34s %-10s %9d %11.1f%n",
        fieldName + " " + new LinkedHashMap<>(parameters).values(),
        typeName,
        milliseconds,
        Files.size(file) / (double) rows.rowCount());
    return new Indexed(
        rows,
        field.id(),
        typeName,
        resolved.type().open(BlockFile.map(file, arena), rows.rowCount(), identity));
  }

  private void compare(String expression, Indexed indexed, Map<String, Object> templates) {
    Filter filter = FilterCompiler.compile(expression, templates, schema);
    int selected = filter.evaluate(rows).cardinality();
    if (filter.evaluate(indexed).cardinality() != selected) {
      throw new IllegalStateException("other rows with the index: filter=" + expression);
    }
    double[] scan = new double[ROUNDS];
    double[] lookup = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      scan[round] = time(() -> filter.evaluate(rows).rowCount());
      lookup[round] = time(() -> filter.evaluate(indexed).rowCount());
    }
    double scanMicros = median(scan);
    double lookupMicros = median(lookup);
    System.out.printf(
        "%-46s %-10s %10d %12.0f %12.1f %8.1f%n",
        expression, indexed.type(), selected, scanMicros, lookupMicros, scanMicros / lookupMicros);
  }

  /** Microseconds of processor time of one run, measured over as many as take a while. */
  private static double time(Runnable run) {
    long begin = THREADS.getCurrentThreadCpuTime();
    int runs = 0;
    long elapsed;
    do {
      run.run();
      runs++;
      elapsed = THREADS.getCurrentThreadCpuTime() - begin;
    } while (elapsed < SHORTEST_RUN);
    return elapsed / 1000.0 / runs;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
