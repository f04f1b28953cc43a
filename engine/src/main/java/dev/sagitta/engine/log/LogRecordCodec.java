package dev.sagitta.engine.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sagitta.engine.column.BatchCodec;
import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.column.ColumnBatches;
import dev.sagitta.engine.column.GrowableBytes;
import dev.sagitta.engine.column.PrimaryKeys;
import dev.sagitta.engine.storage.CorruptFileException;
import dev.sagitta.engine.storage.FileTooNewException;
import dev.sagitta.engine.storage.FileTooOldException;
import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Log records as bytes. Decoding copies no values: the columns read the given bytes.
 *
 * <p>All numbers are little-endian.
 *
 * <pre>
 * 0   int32 magic, the ASCII characters SGLR
 * 4   int16 version, now 1
 * 6   int8  kind: 1 insert, 2 delete, 3 upsert
 * 7   int8  zero
 * 8   int32 bytes of the whole record
 * 12  int32 bytes of the header, a multiple of 8: where the body starts
 * 16  int32 CRC32C of the body
 * 20  int32 CRC32C of the header without these four bytes
 * 24  int64 timestamp
 * 32  int64 sequence
 * 40  int64 collection id
 * 48  int64 catalog version
 * 56  int64 partition id
 * 64  int32 bytes of the producer
 * 68  producer as UTF-8, then zeros to a multiple of 8
 * ..  body
 *       insert: the rows as {@link BatchCodec} writes them
 *       delete: the keys as a batch of one column of field id 0
 *       upsert: int64 bytes of the keys, the replaced keys as for delete, the rows
 * </pre>
 */
public final class LogRecordCodec {
  private static final int MAGIC = 'S' | 'G' << 8 | 'L' << 16 | 'R' << 24;
  private static final int VERSION = 1;
  private static final int INSERT = 1;
  private static final int DELETE = 2;
  private static final int UPSERT = 3;
  private static final int HEADER_CHECKSUM_POSITION = 20;
  private static final int PRODUCER_POSITION = 68;
  private static final long KEY_FIELD_ID = 0;

  private LogRecordCodec() {}

  /** Bytes that {@link #encode} would give, exactly. */
  public static long estimatedSize(LogRecord logRecord) {
    long header = padded(PRODUCER_POSITION + logRecord.header().producer().getBytes(UTF_8).length);
    return header
        + switch (logRecord) {
          case LogRecord.Insert insert -> BatchCodec.encodedSize(insert.rows());
          case LogRecord.Delete delete -> BatchCodec.encodedSize(keyBatch(delete.keys()));
          case LogRecord.Upsert upsert ->
              Long.BYTES
                  + BatchCodec.encodedSize(keyBatch(upsert.replaced()))
                  + BatchCodec.encodedSize(upsert.rows());
        };
  }

  public static byte[] encode(LogRecord logRecord) {
    byte[] producer = logRecord.header().producer().getBytes(UTF_8);
    GrowableBytes target = new GrowableBytes(estimatedSize(logRecord));
    encodeHeader(logRecord, producer, target);
    int headerBytes = target.size();
    switch (logRecord) {
      case LogRecord.Insert insert -> BatchCodec.encode(insert.rows(), target);
      case LogRecord.Delete delete -> BatchCodec.encode(keyBatch(delete.keys()), target);
      case LogRecord.Upsert upsert -> {
        ColumnBatch keys = keyBatch(upsert.replaced());
        target.putLong(BatchCodec.encodedSize(keys));
        BatchCodec.encode(keys, target);
        BatchCodec.encode(upsert.rows(), target);
      }
    }
    byte[] bytes = target.toByteArray();
    MemorySegment memory = MemorySegment.ofArray(bytes);
    memory.set(LittleEndian.INT, 8, bytes.length);
    memory.set(LittleEndian.INT, 12, headerBytes);
    memory.set(LittleEndian.INT, 16, checksum(bytes, headerBytes, bytes.length));
    memory.set(LittleEndian.INT, HEADER_CHECKSUM_POSITION, headerChecksum(bytes, headerBytes));
    return bytes;
  }

  /**
   * Puts timestamp and sequence into an encoded record. Encoding is done before the record's place
   * in the log is known, so that only this little must happen under the writer's lock.
   */
  public static void stamp(byte[] bytes, long timestamp, long sequence) {
    MemorySegment memory = MemorySegment.ofArray(bytes);
    int headerBytes = checkHeader(bytes, memory);
    memory.set(LittleEndian.LONG, 24, timestamp);
    memory.set(LittleEndian.LONG, 32, sequence);
    memory.set(LittleEndian.INT, HEADER_CHECKSUM_POSITION, headerChecksum(bytes, headerBytes));
  }

  /**
   * Reads the header only; the body may be damaged.
   *
   * @throws CorruptFileException if the bytes are no record or the header is damaged
   * @throws FileTooOldException if this release no longer reads the version
   * @throws FileTooNewException if only a newer release reads the version
   */
  public static LogHeader decodeHeader(byte[] bytes) {
    MemorySegment memory = MemorySegment.ofArray(bytes);
    int headerBytes = checkHeader(bytes, memory);
    int producerBytes = memory.get(LittleEndian.INT, PRODUCER_POSITION - Integer.BYTES);
    if (producerBytes < 0 || producerBytes > headerBytes - PRODUCER_POSITION) {
      throw corrupt("producer's length", headerBytes - PRODUCER_POSITION, producerBytes);
    }
    return new LogHeader(
        memory.get(LittleEndian.LONG, 24),
        new String(bytes, PRODUCER_POSITION, producerBytes, UTF_8),
        memory.get(LittleEndian.LONG, 32),
        memory.get(LittleEndian.LONG, 40),
        memory.get(LittleEndian.LONG, 48));
  }

  /**
   * Reads a record; its columns read {@code bytes}, which must not change any more.
   *
   * @throws CorruptFileException if the bytes are no record or damaged
   * @throws FileTooOldException if this release no longer reads the version
   * @throws FileTooNewException if only a newer release reads the version
   */
  public static LogRecord decode(byte[] bytes) {
    LogHeader header = decodeHeader(bytes);
    MemorySegment memory = MemorySegment.ofArray(bytes);
    int headerBytes = memory.get(LittleEndian.INT, 12);
    int expected = memory.get(LittleEndian.INT, 16);
    int actual = checksum(bytes, headerBytes, bytes.length);
    if (actual != expected) {
      throw corrupt("body's checksum", expected, actual);
    }
    long partitionId = memory.get(LittleEndian.LONG, 56);
    MemorySegment body = memory.asSlice(headerBytes);
    int kind = bytes[6];
    return switch (kind) {
      case INSERT -> new LogRecord.Insert(header, partitionId, BatchCodec.decode(body));
      case DELETE -> new LogRecord.Delete(header, partitionId, decodeKeys(body));
      case UPSERT -> {
        long keyBytes = body.get(LittleEndian.LONG, 0);
        PrimaryKeys keys = decodeKeys(body.asSlice(Long.BYTES, keyBytes));
        ColumnBatch rows = BatchCodec.decode(body.asSlice(Long.BYTES + keyBytes));
        yield new LogRecord.Upsert(header, partitionId, keys, rows);
      }
      default -> throw corrupt("kind", UPSERT, kind);
    };
  }

  private static void encodeHeader(LogRecord logRecord, byte[] producer, GrowableBytes target) {
    LogHeader header = logRecord.header();
    target.putInt(MAGIC);
    target.putShort(VERSION);
    target.putByte(
        switch (logRecord) {
          case LogRecord.Insert insert -> INSERT;
          case LogRecord.Delete delete -> DELETE;
          case LogRecord.Upsert upsert -> UPSERT;
        });
    target.putByte(0);
    target.putZeros(24 - target.size());
    target.putLong(header.timestamp());
    target.putLong(header.sequence());
    target.putLong(header.collectionId());
    target.putLong(header.catalogVersion());
    target.putLong(
        switch (logRecord) {
          case LogRecord.Insert insert -> insert.partitionId();
          case LogRecord.Delete delete -> delete.partitionId();
          case LogRecord.Upsert upsert -> upsert.partitionId();
        });
    target.putInt(producer.length);
    target.putBytes(producer, 0, producer.length);
    target.putZeros((int) (padded(target.size()) - target.size()));
  }

  private static int checkHeader(byte[] bytes, MemorySegment memory) {
    if (bytes.length < PRODUCER_POSITION) {
      throw corrupt("length of at least", PRODUCER_POSITION, bytes.length);
    }
    int magic = memory.get(LittleEndian.INT, 0);
    if (magic != MAGIC) {
      throw corrupt("magic", MAGIC, magic);
    }
    int version = memory.get(LittleEndian.SHORT, 4);
    if (version > VERSION) {
      throw new FileTooNewException(
          "log record is too new: expected=" + VERSION + " actual=" + version);
    }
    if (version < VERSION) {
      throw new FileTooOldException(
          "log record is too old: expected=" + VERSION + " actual=" + version);
    }
    int totalBytes = memory.get(LittleEndian.INT, 8);
    if (totalBytes != bytes.length) {
      throw corrupt("length", totalBytes, bytes.length);
    }
    int headerBytes = memory.get(LittleEndian.INT, 12);
    if (headerBytes < PRODUCER_POSITION || headerBytes > bytes.length) {
      throw corrupt("header's length", bytes.length, headerBytes);
    }
    int expected = memory.get(LittleEndian.INT, HEADER_CHECKSUM_POSITION);
    int actual = headerChecksum(bytes, headerBytes);
    if (actual != expected) {
      throw corrupt("header's checksum", expected, actual);
    }
    return headerBytes;
  }

  private static ColumnBatch keyBatch(PrimaryKeys keys) {
    return new ColumnBatch(keys.size(), Map.of(KEY_FIELD_ID, ColumnBatches.ofPrimaryKeys(keys)));
  }

  private static PrimaryKeys decodeKeys(MemorySegment memory) {
    Column keys = BatchCodec.decode(memory).column(KEY_FIELD_ID);
    return ColumnBatches.primaryKeys(keys);
  }

  private static int checksum(byte[] bytes, int from, int to) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, from, to - from);
    return (int) checksum.getValue();
  }

  private static int headerChecksum(byte[] bytes, int headerBytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, HEADER_CHECKSUM_POSITION);
    int rest = HEADER_CHECKSUM_POSITION + Integer.BYTES;
    checksum.update(bytes, rest, headerBytes - rest);
    return (int) checksum.getValue();
  }

  private static long padded(long size) {
    return (size + 7) & -8;
  }

  private static CorruptFileException corrupt(String what, long expected, long actual) {
    return new CorruptFileException(
        "log record is damaged: what=" + what + " expected=" + expected + " actual=" + actual);
  }
}
