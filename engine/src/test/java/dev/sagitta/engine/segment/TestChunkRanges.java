package dev.sagitta.engine.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.column.ColumnBuilder;
import dev.sagitta.engine.column.ColumnType;
import dev.sagitta.engine.filter.Filter;
import dev.sagitta.engine.filter.FilterCompiler;
import dev.sagitta.engine.scalarindex.IndexedColumns;
import dev.sagitta.engine.scalarindex.RowMatch;
import dev.sagitta.engine.scalarindex.ScalarIndex;
import dev.sagitta.engine.scalarindex.ScalarTest;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Filters choose the same rows when chunks are left out by their ranges, and some are. */
class TestChunkRanges {
  private static final int CHUNKS = 7;
  private static final int ROUNDS = 2_000;
  private static final CollectionSchema SCHEMA =
      new CollectionSchema(
          "ranges",
          "",
          List.of(
              FieldSchema.of(100, "id", DataType.INT64).asPrimaryKey(false),
              FieldSchema.of(101, "vector", DataType.FLOAT_VECTOR)
                  .withParameters(Map.of("dim", "2")),
              FieldSchema.of(102, "a", DataType.INT32).asNullable(),
              FieldSchema.of(103, "d", DataType.DOUBLE).asNullable(),
              FieldSchema.of(104, "s", DataType.VARCHAR).asNullable()),
          false);

  private final AtomicInteger leftOut = new AtomicInteger();

  private record Indexed(ColumnBatch batch, List<ChunkStats> stats, AtomicInteger leftOut)
      implements IndexedColumns {
    @Override
    public List<ScalarIndex> scalarIndexes(long fieldId) {
      return List.of(new Counting(new ChunkRanges(stats, fieldId, batch.rowCount()), leftOut));
    }

    @Override
    public int rowCount() {
      return batch.rowCount();
    }

    @Override
    public Column column(long fieldId) {
      return batch.column(fieldId);
    }
  }

  private record Counting(ScalarIndex index, AtomicInteger found) implements ScalarIndex {
    @Override
    public int rowCount() {
      return index.rowCount();
    }

    @Override
    public Optional<RowMatch> match(ScalarTest test) {
      Optional<RowMatch> match = index.match(test);
      match.ifPresent(_ -> found.incrementAndGet());
      return match;
    }

    @Override
    public long sizeInBytes() {
      return 0;
    }

    @Override
    public void close() {}
  }

  @Test
  void sameRows() {
    long seed = new Random().nextLong();
    System.out.println("TestChunkRanges seed=" + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 10; i++) {
      List<Integer> starts = new ArrayList<>(List.of(0));
      for (int chunk = 0; chunk < CHUNKS; chunk++) {
        starts.add(starts.getLast() + random.nextInt(1, 300));
      }
      ColumnBatch batch = batch(starts, random);
      List<ChunkStats> stats = new ArrayList<>();
      for (int chunk = 0; chunk < CHUNKS; chunk++) {
        stats.add(ChunkStats.compute(SCHEMA, batch, starts.get(chunk), starts.get(chunk + 1)));
      }
      Indexed indexed = new Indexed(batch, stats, leftOut);
      for (int j = 0; j < ROUNDS / 10; j++) {
        check(batch, indexed, condition(random), seed);
      }
    }
    assertThat(leftOut.get()).as("seed=%d", seed).isGreaterThan(ROUNDS / 4);
  }

  private static void check(ColumnBatch batch, Indexed indexed, String condition, long seed) {
    Filter filter = FilterCompiler.compile(condition, Map.of(), SCHEMA);
    RowBitmap expected = filter.evaluate(batch);
    assertThat(filter.evaluate(indexed).words())
        .as("seed=%d filter=%s", seed, condition)
        .isEqualTo(expected.words());
  }

  /** Each chunk has values of its own, or nulls only. */
  private static ColumnBatch batch(List<Integer> starts, Random random) {
    Map<Long, ColumnBuilder> builders = new HashMap<>();
    for (FieldSchema field : SCHEMA.fields()) {
      if (!field.type().isVector()) {
        builders.put(field.id(), ColumnBuilder.forField(field, 16));
      }
    }
    ColumnBuilder timestamps = ColumnBuilder.forType(ColumnType.TIMESTAMP, 16);
    for (int chunk = 0; chunk < CHUNKS; chunk++) {
      int base = random.nextInt(10) * 10;
      boolean nulls = random.nextInt(5) == 0;
      for (int row = starts.get(chunk); row < starts.get(chunk + 1); row++) {
        timestamps.appendLong(row + 1);
        builders.get(100L).appendLong(row);
        if (nulls || random.nextInt(10) == 0) {
          builders.get(102L).appendNull();
          builders.get(103L).appendNull();
          builders.get(104L).appendNull();
        } else {
          int value = base + random.nextInt(10);
          builders.get(102L).appendLong(value);
          boolean none = random.nextInt(300) == 0;
          builders.get(103L).appendDouble(none ? Double.NaN : value / 2.0);
          builders.get(104L).appendString(text(value));
        }
      }
    }
    Map<Long, Column> columns = new HashMap<>();
    builders.forEach((id, builder) -> columns.put(id, builder.build()));
    columns.put(FieldSchema.TIMESTAMP_FIELD_ID, timestamps.build());
    return new ColumnBatch(starts.getLast(), columns);
  }

  private static String text(int value) {
    return "v" + (char) ('a' + value / 10) + value % 10;
  }

  private static String condition(Random random) {
    String operator = List.of("==", "!=", "<", "<=", ">", ">=").get(random.nextInt(6));
    int one = random.nextInt(-5, 110);
    int other = random.nextInt(-5, 110);
    String text = text(Math.floorMod(one, 100));
    String condition =
        switch (random.nextInt(8)) {
          case 0 -> "a " + operator + " " + one;
          case 1 -> "d " + operator + " " + one / 2.0;
          case 2 -> "s " + operator + " '" + text + "'";
          case 3 -> "a in [" + one + ", " + other + "]";
          case 4 -> "d in [" + one / 2.0 + ", " + other + "]";
          case 5 -> "s in ['" + text + "', 'x']";
          case 6 -> "s like '" + text.substring(0, random.nextInt(4)) + "%'";
          default -> Math.min(one, other) + " < a <= " + Math.max(one, other);
        };
    return random.nextInt(3) == 0 ? "not (" + condition + ")" : condition;
  }
}
