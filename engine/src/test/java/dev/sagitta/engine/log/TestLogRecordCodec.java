package dev.sagitta.engine.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.column.ColumnBatches;
import dev.sagitta.engine.column.DenseVectorColumn;
import dev.sagitta.engine.column.PrimaryKeys;
import dev.sagitta.engine.column.RandomBatches;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.storage.CorruptFileException;
import dev.sagitta.engine.storage.FileTooNewException;
import dev.sagitta.engine.storage.FileTooOldException;
import dev.sagitta.engine.storage.UnusableFileException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Encodes random records and reads them back; damages records and expects each to be refused. */
final class TestLogRecordCodec {
  private static final LogHeader HEADER = new LogHeader(123456789012345L, "node-ü/7", 42, 1001, 17);

  @Test
  void testRandomRecordsSurvive() {
    long seed = System.nanoTime();
    System.out.println("seed=" + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 30; round++) {
      DataType keyType = random.nextBoolean() ? DataType.INT64 : DataType.VARCHAR;
      CollectionSchema schema = RandomBatches.schema(keyType, 1 + random.nextInt(9));
      ColumnBatch rows = RandomBatches.batch(random, schema.fields(), random.nextInt(50));
      PrimaryKeys keys = ColumnBatches.primaryKeys(rows.column(100));

      LogRecord.Insert insert = new LogRecord.Insert(HEADER, 5, rows);
      LogRecord.Insert decoded = (LogRecord.Insert) roundTrip(insert);
      assertThat(decoded.partitionId()).isEqualTo(5);
      RandomBatches.assertSameRows(decoded.rows(), rows);

      LogRecord.Delete delete = new LogRecord.Delete(HEADER, LogRecord.ALL_PARTITIONS, keys);
      LogRecord.Delete decodedDelete = (LogRecord.Delete) roundTrip(delete);
      assertThat(decodedDelete.partitionId()).isEqualTo(LogRecord.ALL_PARTITIONS);
      assertSameKeys(decodedDelete.keys(), keys);

      LogRecord.Upsert upsert = new LogRecord.Upsert(HEADER, 6, keys, rows);
      LogRecord.Upsert decodedUpsert = (LogRecord.Upsert) roundTrip(upsert);
      assertSameKeys(decodedUpsert.replaced(), keys);
      RandomBatches.assertSameRows(decodedUpsert.rows(), rows);
    }
  }

  @Test
  void testVectorsAreReadInPlace() {
    CollectionSchema schema = RandomBatches.schema(DataType.INT64, 4);
    ColumnBatch rows = RandomBatches.batch(new Random(1), schema.fields(), 10);
    LogRecord.Insert decoded = (LogRecord.Insert) roundTrip(new LogRecord.Insert(HEADER, 5, rows));
    DenseVectorColumn vectors = (DenseVectorColumn) decoded.rows().column(101);
    assertThat(vectors.contiguousRows(0)).isEqualTo(10);
    assertThat(vectors.blockOf(0).heapBase().orElseThrow()).isInstanceOf(byte[].class);
  }

  @Test
  void testEachFlippedByteIsRefused() {
    CollectionSchema schema = RandomBatches.schema(DataType.VARCHAR, 3);
    ColumnBatch rows = RandomBatches.batch(new Random(2), schema.fields(), 4);
    byte[] bytes =
        LogRecordCodec.encode(
            new LogRecord.Upsert(HEADER, 5, ColumnBatches.primaryKeys(rows.column(100)), rows));
    for (int position = 0; position < bytes.length; position++) {
      byte[] damaged = bytes.clone();
      damaged[position] ^= 0x10;
      assertThatThrownBy(() -> LogRecordCodec.decode(damaged))
          .as("position=%s", position)
          .isInstanceOf(UnusableFileException.class);
    }
    for (int length = 0; length < bytes.length; length += 7) {
      byte[] truncated = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> LogRecordCodec.decode(truncated))
          .isInstanceOf(CorruptFileException.class);
    }
  }

  @Test
  void testStampedRecordIsTheRecordEncodedWithTheStamp() {
    ColumnBatch rows =
        RandomBatches.batch(new Random(4), RandomBatches.schema(DataType.INT64, 2).fields(), 4);
    byte[] bytes = LogRecordCodec.encode(new LogRecord.Insert(HEADER, 5, rows));
    LogRecordCodec.stamp(bytes, 77, 78);
    LogHeader stamped =
        new LogHeader(77, HEADER.producer(), 78, HEADER.collectionId(), HEADER.catalogVersion());
    assertThat(bytes).isEqualTo(LogRecordCodec.encode(new LogRecord.Insert(stamped, 5, rows)));
  }

  @Test
  void testHeaderIsReadableOverDamagedBody() {
    ColumnBatch rows =
        RandomBatches.batch(new Random(3), RandomBatches.schema(DataType.INT64, 2).fields(), 4);
    byte[] bytes = LogRecordCodec.encode(new LogRecord.Insert(HEADER, 5, rows));
    bytes[bytes.length - 1] ^= 1;
    assertThat(LogRecordCodec.decodeHeader(bytes)).isEqualTo(HEADER);
  }

  @Test
  void testOtherVersions() {
    PrimaryKeys keys = new PrimaryKeys.LongKeys(new long[] {1});
    byte[] bytes = LogRecordCodec.encode(new LogRecord.Delete(HEADER, 5, keys));
    bytes[4] = 2;
    assertThatThrownBy(() -> LogRecordCodec.decode(bytes))
        .isInstanceOf(FileTooNewException.class)
        .hasMessageContaining("actual=2");
    bytes[4] = 0;
    assertThatThrownBy(() -> LogRecordCodec.decode(bytes))
        .isInstanceOf(FileTooOldException.class)
        .hasMessageContaining("actual=0");
  }

  private static LogRecord roundTrip(LogRecord logRecord) {
    byte[] bytes = LogRecordCodec.encode(logRecord);
    assertThat(LogRecordCodec.estimatedSize(logRecord)).isEqualTo(bytes.length);
    assertThat(LogRecordCodec.decodeHeader(bytes)).isEqualTo(HEADER);
    LogRecord decoded = LogRecordCodec.decode(bytes);
    assertThat(decoded.header()).isEqualTo(HEADER);
    return decoded;
  }

  private static void assertSameKeys(PrimaryKeys actual, PrimaryKeys expected) {
    switch (expected) {
      case PrimaryKeys.LongKeys keys ->
          assertThat(((PrimaryKeys.LongKeys) actual).values()).isEqualTo(keys.values());
      case PrimaryKeys.StringKeys keys ->
          assertThat(((PrimaryKeys.StringKeys) actual).values()).isEqualTo(keys.values());
    }
  }
}
