package dev.sagitta.engine.index;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.storage.BlockFile;
import dev.sagitta.engine.storage.CorruptFileException;
import dev.sagitta.engine.storage.FileIdentity;
import dev.sagitta.engine.storage.FileKind;
import dev.sagitta.engine.storage.FileTooNewException;
import dev.sagitta.engine.storage.FileTooOldException;
import dev.sagitta.engine.storage.LittleEndian;
import dev.sagitta.engine.storage.StorageLayout;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * The first block of every index file, code {@link #BLOCK}. The file itself is a {@link BlockFile}
 * of kind {@link FileKind#INDEX} whose number is the build id. All numbers are little-endian.
 *
 * <pre>
 * 80 bytes
 *   0  32 ASCII characters, padded with zeros: name of the index type
 *   32 16 ASCII characters, padded with zeros: name of the metric
 *   48 int32 version of the type's blocks
 *   52 int32 rows
 *   56 int32 dimension
 *   60 4 times int32, given by the type
 *   76 int32 CRC32C of the bytes before
 * </pre>
 *
 * @param typeName Milvus's name of the index type
 * @param metric the metric that the index was built for
 * @param version version of the type's blocks
 * @param rowCount rows of the segment, rows without a vector included
 * @param dimension dimension of the vectors, 0 for sparse ones
 * @param value0 first number of the type
 * @param value1 second number of the type
 * @param value2 third number of the type
 * @param value3 fourth number of the type
 */
public record IndexDescription(
    String typeName,
    MetricType metric,
    int version,
    int rowCount,
    int dimension,
    int value0,
    int value1,
    int value2,
    int value3) {
  /** Code of the block. */
  public static final int BLOCK = 1;

  private static final int BYTES = 80;
  private static final int TYPE_NAME_BYTES = 32;
  private static final int METRIC_NAME_BYTES = 16;
  private static final int NUMBERS_POSITION = TYPE_NAME_BYTES + METRIC_NAME_BYTES;
  private static final int CHECKSUM_POSITION = 76;

  public IndexDescription {
    requireNonNull(typeName, "typeName is null");
    requireNonNull(metric, "metric is null");
    if (rowCount < 0 || dimension < 0) {
      throw new IllegalArgumentException(
          "no such index: rowCount=" + rowCount + " dimension=" + dimension);
    }
  }

  /** The identity as block files write it. */
  public static FileIdentity fileIdentity(IndexFileIdentity identity) {
    return new FileIdentity(
        identity.collectionId(), identity.segmentId(), identity.fieldId(), identity.buildId());
  }

  /** Opens the frame of an index file; its errors name the file as the object store does. */
  public static BlockFile openFile(
      MemorySegment file, String typeName, IndexFileIdentity expected) {
    return BlockFile.open(
        StorageLayout.indexFile(
            expected.collectionId(),
            expected.segmentId(),
            expected.fieldId(),
            expected.buildId(),
            typeName),
        file,
        FileKind.INDEX,
        fileIdentity(expected));
  }

  /** The block's bytes. */
  public MemorySegment toBlock() {
    MemorySegment block = MemorySegment.ofArray(new byte[BYTES]);
    putName(block, 0, TYPE_NAME_BYTES, typeName);
    putName(block, TYPE_NAME_BYTES, METRIC_NAME_BYTES, metric.name());
    int[] numbers = {version, rowCount, dimension, value0, value1, value2, value3};
    for (int i = 0; i < numbers.length; i++) {
      block.set(LittleEndian.INT, NUMBERS_POSITION + 4L * i, numbers[i]);
    }
    block.set(LittleEndian.INT, CHECKSUM_POSITION, checksum(block));
    return block;
  }

  /**
   * Reads the description of an index file.
   *
   * @param typeName the type that opens the file
   * @param currentVersion the only version of its blocks that this release reads
   * @throws CorruptFileException if the block is damaged or the index is of another type
   * @throws FileTooOldException if this release no longer reads the version
   * @throws FileTooNewException if only a newer release reads the version
   */
  public static IndexDescription read(BlockFile file, String typeName, int currentVersion) {
    return read(file, typeName, currentVersion, currentVersion);
  }

  /**
   * Reads the description of an index file, where this release reads several versions.
   *
   * @param typeName the type that opens the file
   * @param oldestVersion the oldest version of its blocks that this release reads
   * @param currentVersion the newest one
   * @throws CorruptFileException if the block is damaged or the index is of another type
   * @throws FileTooOldException if this release no longer reads the version
   * @throws FileTooNewException if only a newer release reads the version
   */
  public static IndexDescription read(
      BlockFile file, String typeName, int oldestVersion, int currentVersion) {
    MemorySegment block = file.block(BLOCK);
    if (block.byteSize() != BYTES) {
      throw file.corrupt("length of the description", BYTES, block.byteSize());
    }
    int checksum = block.get(LittleEndian.INT, CHECKSUM_POSITION);
    if (checksum != checksum(block)) {
      throw file.corrupt("checksum of the description", checksum, checksum(block));
    }
    String actualType = name(block, 0, TYPE_NAME_BYTES);
    if (!actualType.equals(typeName)) {
      throw new CorruptFileException(
          "index is of another type: file="
              + file.name()
              + " expected="
              + typeName
              + " actual="
              + actualType);
    }
    String metricName = name(block, TYPE_NAME_BYTES, METRIC_NAME_BYTES);
    MetricType metric =
        MetricType.fromName(metricName)
            .orElseThrow(
                () ->
                    new CorruptFileException(
                        "index has an unknown metric: file="
                            + file.name()
                            + " metric="
                            + metricName));
    int version = block.get(LittleEndian.INT, NUMBERS_POSITION);
    if (version > currentVersion) {
      throw new FileTooNewException(versionMessage(file, typeName, currentVersion, version));
    }
    if (version < oldestVersion) {
      throw new FileTooOldException(versionMessage(file, typeName, currentVersion, version));
    }
    return new IndexDescription(
        actualType,
        metric,
        version,
        block.get(LittleEndian.INT, NUMBERS_POSITION + 4),
        block.get(LittleEndian.INT, NUMBERS_POSITION + 8),
        block.get(LittleEndian.INT, NUMBERS_POSITION + 12),
        block.get(LittleEndian.INT, NUMBERS_POSITION + 16),
        block.get(LittleEndian.INT, NUMBERS_POSITION + 20),
        block.get(LittleEndian.INT, NUMBERS_POSITION + 24));
  }

  /** Checks that the index is of the rows of a segment with these vectors. */
  public void requireRows(BlockFile file, int expectedRowCount, int expectedDimension) {
    if (rowCount != expectedRowCount) {
      throw file.corrupt("number of rows", expectedRowCount, rowCount);
    }
    if (dimension != expectedDimension) {
      throw file.corrupt("dimension", expectedDimension, dimension);
    }
  }

  private static String versionMessage(BlockFile file, String typeName, int expected, int actual) {
    return "index has another version: file="
        + file.name()
        + " type="
        + typeName
        + " expected="
        + expected
        + " actual="
        + actual;
  }

  private static int checksum(MemorySegment block) {
    CRC32C crc = new CRC32C();
    ByteBuffer bytes = block.asSlice(0, CHECKSUM_POSITION).asByteBuffer();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  private static void putName(MemorySegment block, long offset, int length, String name) {
    byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
    if (bytes.length > length) {
      throw new IllegalArgumentException("name is too long: name=" + name);
    }
    MemorySegment.copy(bytes, 0, block, LittleEndian.BYTE, offset, bytes.length);
  }

  private static String name(MemorySegment block, long offset, int length) {
    byte[] bytes = block.asSlice(offset, length).toArray(LittleEndian.BYTE);
    return new String(bytes, StandardCharsets.US_ASCII).replace("\0", "");
  }
}
