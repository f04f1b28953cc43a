package dev.sagitta.engine.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.catalog.ConsistencyLevel;
import dev.sagitta.engine.catalog.KeyHash;
import dev.sagitta.engine.catalog.PartitionDescriptor;
import dev.sagitta.engine.catalog.PartitionKeyPlacement;
import dev.sagitta.engine.column.PrimaryKeys;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What filters say about the partition key, and which partitions that leaves. */
final class TestPartitionKeyFilters {
  private static final CollectionSchema SCHEMA = schema(DataType.INT64);

  @Test
  void valuesOfTheKeyAreFound() {
    assertThat(keys("tenant == 3")).contains(Set.of(3L));
    assertThat(keys("3 == tenant")).contains(Set.of(3L));
    assertThat(keys("tenant in [3, 4, 3]")).contains(Set.of(3L, 4L));
    assertThat(keys("tenant == 3 and other > 7")).contains(Set.of(3L));
    assertThat(keys("other > 7 and (tenant == 3 or tenant == 5)")).contains(Set.of(3L, 5L));
    assertThat(keys("tenant in [3, 4] and tenant in [4, 5]")).contains(Set.of(4L));
    assertThat(keys("tenant == 3 and tenant == 4")).contains(Set.of());
    assertThat(keys("tenant == {t}", Map.of("t", 9L))).contains(Set.of(9L));
    assertThat(keys("tenant in {t}", Map.of("t", List.of(9L, 8L)))).contains(Set.of(9L, 8L));
  }

  @Test
  void otherFiltersLeaveAllValues() {
    for (String filter :
        List.of(
            "other == 3",
            "tenant > 3",
            "tenant != 3",
            "tenant not in [3]",
            "not (tenant == 3)",
            "tenant == 3 or other == 4",
            "1 < tenant < 5",
            "")) {
      assertThat(keys(filter)).as(filter).isEmpty();
    }
  }

  @Test
  void isolationAsksForOneEquality() {
    assertThat(problem("tenant == 3")).isEmpty();
    assertThat(problem("other > 1 and tenant == 3")).isEmpty();
    assertThat(problem("(other == 1 or other == 2) and tenant == 3")).isEmpty();
    assertThat(problem("").orElseThrow()).contains("partition key not found in expr");
    assertThat(problem("other == 3").orElseThrow()).contains("partition key not found in expr");
    assertThat(problem("tenant in [3]").orElseThrow()).endsWith("does not support IN");
    assertThat(problem("tenant == 3 or other == 1").orElseThrow()).endsWith("does not support OR");
    assertThat(problem("not (tenant == 3)").orElseThrow()).endsWith("does not support NOT");
    assertThat(problem("tenant != 3").orElseThrow()).endsWith("does not support NotEqual");
    assertThat(problem("tenant >= 3").orElseThrow()).endsWith("does not support GreaterEqual");
    assertThat(problem("1 < tenant < 3").orElseThrow()).endsWith("does not support BinaryRange");
  }

  @Test
  void textKeysAreFoundToo() {
    Filter filter =
        FilterCompiler.compile("tenant in ['a', 'b']", Map.of(), schema(DataType.VARCHAR));
    assertThat(filter.partitionKeys().orElseThrow()).isInstanceOf(PrimaryKeys.StringKeys.class);
    assertThat(filter.partitionKeys().orElseThrow().size()).isEqualTo(2);
  }

  @Test
  void valuesLieInThePartitionsOfTheirHashes() {
    Random random = new Random(4);
    for (int count : new int[] {1, 2, 7, 16}) {
      PartitionKeyPlacement placement = new PartitionKeyPlacement(collection(count));
      assertThat(placement.partitionIds()).hasSize(count).isSorted();
      long[] values = random.longs(200).toArray();
      int[] shards = KeyHash.shardsOf(new PrimaryKeys.LongKeys(values), count);
      Set<Long> expected = new HashSet<>();
      for (int shard : shards) {
        expected.add(placement.partitionIds().get(shard));
      }
      assertThat(placement.partitionIdsOf(new PrimaryKeys.LongKeys(values))).isEqualTo(expected);
      assertThat(placement.partitionIdsOf(new PrimaryKeys.LongKeys(new long[0]))).isEmpty();
    }
  }

  private static Optional<Set<Long>> keys(String filter) {
    return keys(filter, Map.of());
  }

  private static Optional<Set<Long>> keys(String filter, Map<String, Object> templates) {
    return FilterCompiler.compile(filter, templates, SCHEMA)
        .partitionKeys()
        .map(
            keys -> {
              Set<Long> values = new HashSet<>();
              for (long value : ((PrimaryKeys.LongKeys) keys).values()) {
                values.add(value);
              }
              return values;
            });
  }

  private static Optional<String> problem(String filter) {
    return FilterCompiler.compile(filter, Map.of(), SCHEMA).isolationProblem();
  }

  private static CollectionSchema schema(DataType keyType) {
    return new CollectionSchema(
        "c",
        "",
        List.of(
            FieldSchema.of(100, "id", DataType.INT64).asPrimaryKey(false),
            FieldSchema.of(101, "tenant", keyType).asPartitionKey(),
            FieldSchema.of(102, "other", DataType.INT64)),
        false);
  }

  private static CollectionDescriptor collection(int partitions) {
    List<PartitionDescriptor> unordered =
        new Random(partitions)
            .longs(partitions, 1, Long.MAX_VALUE)
            .mapToObj(id -> new PartitionDescriptor(id, "p" + id, 0))
            .toList();
    return new CollectionDescriptor(
        1,
        1,
        "c",
        SCHEMA,
        List.of(),
        ConsistencyLevel.BOUNDED,
        Map.of(),
        unordered,
        List.of(),
        true,
        Set.of(),
        0,
        0);
  }
}
