package dev.sagitta.engine.segment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.column.ColumnBatches;
import dev.sagitta.engine.column.ColumnBuilder;
import dev.sagitta.engine.column.ColumnType;
import dev.sagitta.engine.column.PrimaryKeys;
import dev.sagitta.engine.column.RandomBatches;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.storage.FileIdentity;
import dev.sagitta.engine.storage.UnusableFileException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.Channels;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Writes binlogs, delta and stats files of random rows, reads them back, and damages them. */
final class TestSegmentFiles {
  private static final FileIdentity IDENTITY = new FileIdentity(1, 2, 100, 0);

  private static byte[] binlog(Column column, int from, int to, boolean primaryKey)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinlogFile.write(
        Channels.newChannel(bytes),
        IDENTITY,
        column,
        from,
        to,
        primaryKey ? BinlogFile.Extra.KEY_ORDER : BinlogFile.Extra.NONE);
    return bytes.toByteArray();
  }

  private static BinlogFile openBinlog(byte[] bytes) {
    return BinlogFile.open("b", MemorySegment.ofArray(bytes), IDENTITY);
  }

  @Test
  void testBinlogsOfAllTypes() throws IOException {
    long seed = System.nanoTime();
    System.out.println("seed=" + seed);
    Random random = new Random(seed);
    CollectionSchema schema = RandomBatches.schema(DataType.VARCHAR, 5);
    ColumnBatch batch = RandomBatches.batch(random, schema.fields(), 100);
    for (Column column : batch.columns().values()) {
      int from = random.nextInt(40);
      int to = from + random.nextInt(60);
      BinlogFile file = openBinlog(binlog(column, from, to, false));
      file.verify();
      assertThat(file.column().rowCount()).isEqualTo(to - from);
      for (int row = from; row < to; row++) {
        assertThat(RandomBatches.value(file.column(), row - from))
            .isEqualTo(RandomBatches.value(column, row));
      }
    }
  }

  @Test
  void testEachFlippedByteIsRefused() throws IOException {
    Random random = new Random(7);
    CollectionSchema schema = RandomBatches.schema(DataType.INT64, 5);
    ColumnBatch batch = RandomBatches.batch(random, schema.fields(), 20);
    for (Column column : batch.columns().values()) {
      byte[] bytes = binlog(column, 0, 20, column.type() == DataType.INT64);
      for (int position = 0; position < bytes.length; position++) {
        byte[] damaged = bytes.clone();
        damaged[position] ^= (byte) (1 << random.nextInt(8));
        assertThatThrownBy(() -> openBinlog(damaged).verify())
            .isInstanceOf(UnusableFileException.class);
      }
    }
  }

  @Test
  void testKeyOrderFindsAllRows() throws IOException {
    Random random = new Random(3);
    ColumnBuilder builder =
        ColumnBuilder.forField(FieldSchema.of(100, "pk", DataType.INT64).asPrimaryKey(false), 9);
    for (int row = 0; row < 1000; row++) {
      builder.appendLong(random.nextInt(300) - 150);
    }
    Column column = builder.build();
    KeyOrder order = openBinlog(binlog(column, 0, 1000, true)).keyOrder();
    int found = 0;
    for (long key = -151; key < 151; key++) {
      int last = -1;
      for (int position = order.lowerBound(key); order.hasKey(position, key); position++) {
        assertThat(order.rowAt(position)).isGreaterThan(last);
        last = order.rowAt(position);
        found++;
      }
    }
    assertThat(found).isEqualTo(1000);
  }

  @Test
  void testAscendingKeysNeedNoOrder() {
    Column keys =
        ColumnBatches.ofPrimaryKeys(new PrimaryKeys.StringKeys(new String[] {"a", "ab", "b"}));
    assertThat(KeyOrder.compute(keys, 0, 3)).isEmpty();
    KeyOrder order = new KeyOrder(keys, KeyOrder.compute(keys, 0, 3));
    assertThat(order.lowerBound("ab".getBytes(UTF_8))).isEqualTo(1);
    assertThat(order.hasKey(1, "ab".getBytes(UTF_8))).isTrue();
    assertThat(order.hasKey(3, "c".getBytes(UTF_8))).isFalse();
  }

  @Test
  void testDeltaFile() throws IOException {
    for (PrimaryKeys keys :
        new PrimaryKeys[] {
          new PrimaryKeys.LongKeys(new long[] {5, -3, Long.MIN_VALUE}),
          new PrimaryKeys.StringKeys(new String[] {"", "ü", "long enough"})
        }) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      DeltaFile.write(Channels.newChannel(out), IDENTITY, keys, new long[] {7, 8, 9});
      byte[] bytes = out.toByteArray();
      DeltaFile file = DeltaFile.open("d", MemorySegment.ofArray(bytes), IDENTITY);
      file.verify();
      assertThat(file.size()).isEqualTo(3);
      assertThat(file.timestampAt(2)).isEqualTo(9);
      switch (keys) {
        case PrimaryKeys.LongKeys longs ->
            assertThat(((PrimaryKeys.LongKeys) file.keys()).values()).isEqualTo(longs.values());
        case PrimaryKeys.StringKeys strings ->
            assertThat(((PrimaryKeys.StringKeys) file.keys()).values()).isEqualTo(strings.values());
      }
      for (int position = 0; position < bytes.length; position++) {
        byte[] damaged = bytes.clone();
        damaged[position] ^= 4;
        assertThatThrownBy(
                () -> DeltaFile.open("d", MemorySegment.ofArray(damaged), IDENTITY).verify())
            .isInstanceOf(UnusableFileException.class);
      }
    }
  }

  @Test
  void testStatsFile() throws IOException {
    Random random = new Random(11);
    CollectionSchema schema = RandomBatches.schema(DataType.VARCHAR, 2);
    ColumnBatch rows = RandomBatches.batch(random, schema.fields(), 200);
    Map<Long, Column> columns = new LinkedHashMap<>(rows.columns());
    ColumnBuilder timestamps = ColumnBuilder.forType(ColumnType.TIMESTAMP, 200);
    for (int row = 0; row < 200; row++) {
      timestamps.appendLong(5000 + row);
    }
    columns.put(FieldSchema.TIMESTAMP_FIELD_ID, timestamps.build());
    ColumnBatch source = new ColumnBatch(200, columns);
    ChunkStats stats = ChunkStats.compute(schema, source, 50, 150);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StatsFile.write(Channels.newChannel(out), IDENTITY, stats);
    byte[] bytes = out.toByteArray();
    ChunkStats read = StatsFile.open("s", MemorySegment.ofArray(bytes), IDENTITY);
    assertThat(read.rowCount()).isEqualTo(100);
    assertThat(read.minTimestamp()).isEqualTo(5050);
    assertThat(read.maxTimestamp()).isEqualTo(5149);
    for (FieldSchema field : schema.fields()) {
      assertThat(read.field(field.id()))
          .usingRecursiveComparison()
          .isEqualTo(stats.field(field.id()));
    }
    PrimaryKeys.StringKeys keys =
        (PrimaryKeys.StringKeys) ColumnBatches.primaryKeys(rows.column(100));
    for (int row = 50; row < 150; row++) {
      assertThat(read.mayContain(keys.values()[row].getBytes(UTF_8))).isTrue();
    }
    for (int position = 0; position < bytes.length; position += 3) {
      byte[] damaged = bytes.clone();
      damaged[position] ^= 4;
      assertThatThrownBy(() -> StatsFile.open("s", MemorySegment.ofArray(damaged), IDENTITY))
          .isInstanceOf(UnusableFileException.class);
    }
  }

  @Test
  void testBloomFilterRarelyErrs() {
    BloomFilter filter = BloomFilter.forKeys(20_000);
    for (long key = 0; key < 20_000; key++) {
      filter.add(KeyHash.of(key));
    }
    int falsePositives = 0;
    for (long key = 0; key < 120_000; key++) {
      boolean contained = filter.mayContain(KeyHash.of(key));
      if (key < 20_000) {
        assertThat(contained).isTrue();
      } else if (contained) {
        falsePositives++;
      }
    }
    assertThat(falsePositives).isBetween(20, 250);
  }
}
