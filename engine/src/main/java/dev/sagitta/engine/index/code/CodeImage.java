package dev.sagitta.engine.index.code;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.storage.CorruptFileException;
import dev.sagitta.engine.storage.FileTooNewException;
import dev.sagitta.engine.storage.FileTooOldException;
import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/**
 * What training learned, as bytes. The file that holds them brings the checksum. All numbers are
 * little-endian.
 *
 * <pre>
 * 0  16 ASCII characters, padded with zeros: name of the code
 * 16 int32 version, 1
 * 20 int32 metric: 1 is L2, 2 is IP
 * 24 int32 dimension
 * 28 three times int32, given by the code
 * 40 int32 number of values
 * 44 zeros
 * 48 float32 values, given by the code
 * </pre>
 *
 * @param name the code's name
 * @param metric L2 or IP
 * @param dimension numbers of a vector
 * @param parameter0 first number of the code
 * @param parameter1 second number of the code
 * @param parameter2 third number of the code
 * @param values what was learned
 */
record CodeImage(
    String name,
    MetricType metric,
    int dimension,
    int parameter0,
    int parameter1,
    int parameter2,
    float[] values) {
  private static final int VERSION = 1;
  private static final int NAME_BYTES = 16;
  private static final int HEADER_BYTES = 48;
  private static final int METRIC_L2 = 1;
  private static final int METRIC_IP = 2;

  CodeImage {
    requireNonNull(name, "name is null");
    requireNonNull(metric, "metric is null");
    requireNonNull(values, "values is null");
    if (metric != MetricType.L2 && metric != MetricType.IP) {
      throw new IllegalArgumentException("codes know L2 and IP only: metric=" + metric);
    }
    if (dimension < 1) {
      throw new IllegalArgumentException("dimension must be positive: dimension=" + dimension);
    }
  }

  MemorySegment toBytes() {
    long size = HEADER_BYTES + 4L * values.length;
    MemorySegment bytes = MemorySegment.ofArray(new byte[Math.toIntExact(size)]);
    byte[] ascii = name.getBytes(StandardCharsets.US_ASCII);
    MemorySegment.copy(ascii, 0, bytes, LittleEndian.BYTE, 0, ascii.length);
    int[] numbers = {
      VERSION,
      metric == MetricType.L2 ? METRIC_L2 : METRIC_IP,
      dimension,
      parameter0,
      parameter1,
      parameter2,
      values.length
    };
    MemorySegment.copy(numbers, 0, bytes, LittleEndian.INT, NAME_BYTES, numbers.length);
    MemorySegment.copy(values, 0, bytes, LittleEndian.FLOAT, HEADER_BYTES, values.length);
    return bytes;
  }

  /**
   * Reads an image.
   *
   * @throws CorruptFileException and its siblings, if the bytes are no image of this version
   */
  static CodeImage read(MemorySegment bytes) {
    requireNonNull(bytes, "bytes is null");
    if (bytes.byteSize() < HEADER_BYTES) {
      throw corrupt("length of at least " + HEADER_BYTES, bytes.byteSize());
    }
    int version = number(bytes, 0);
    if (version > VERSION) {
      throw new FileTooNewException(versionMessage(version));
    }
    if (version < VERSION) {
      throw new FileTooOldException(versionMessage(version));
    }
    int metric = number(bytes, 1);
    if (metric != METRIC_L2 && metric != METRIC_IP) {
      throw corrupt("metric of 1 or 2", metric);
    }
    int dimension = number(bytes, 2);
    if (dimension < 1) {
      throw corrupt("positive dimension", dimension);
    }
    int count = number(bytes, 6);
    if (count < 0 || bytes.byteSize() != HEADER_BYTES + 4L * count) {
      throw corrupt("length of " + count + " values", bytes.byteSize());
    }
    float[] values = new float[count];
    MemorySegment.copy(bytes, LittleEndian.FLOAT, HEADER_BYTES, values, 0, count);
    return new CodeImage(
        name(bytes),
        metric == METRIC_L2 ? MetricType.L2 : MetricType.IP,
        dimension,
        number(bytes, 3),
        number(bytes, 4),
        number(bytes, 5),
        values);
  }

  /** Fails unless there are this many values. */
  void requireValues(long expected) {
    if (values.length != expected) {
      throw corrupt("values of code " + name + ": " + expected, values.length);
    }
  }

  static CorruptFileException corrupt(String expected, long actual) {
    return new CorruptFileException(
        "vector code is damaged: expected=" + expected + " actual=" + actual);
  }

  private static int number(MemorySegment bytes, int position) {
    return bytes.get(LittleEndian.INT, NAME_BYTES + 4L * position);
  }

  private static String name(MemorySegment bytes) {
    int length = 0;
    while (length < NAME_BYTES && bytes.get(LittleEndian.BYTE, length) != 0) {
      length++;
    }
    byte[] ascii = new byte[length];
    MemorySegment.copy(bytes, LittleEndian.BYTE, 0, ascii, 0, length);
    return new String(ascii, StandardCharsets.US_ASCII);
  }

  private static String versionMessage(int version) {
    return "vector code has another version: expected=" + VERSION + " actual=" + version;
  }
}
