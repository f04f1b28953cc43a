package dev.sagitta.query.read;

import dev.sagitta.engine.column.BatchCodec;
import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.column.PrimaryKeys;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads what {@link WireWriter} wrote; a truncated buffer fails with an unchecked exception. */
final class WireReader {
  private final ByteBuffer buffer;

  WireReader(byte[] bytes) {
    this.buffer = ByteBuffer.wrap(bytes);
  }

  byte readByte() {
    return buffer.get();
  }

  boolean readBoolean() {
    return buffer.get() != 0;
  }

  int readInt() {
    return buffer.getInt();
  }

  long readLong() {
    return buffer.getLong();
  }

  double readDouble() {
    return buffer.getDouble();
  }

  String readText() {
    return new String(readBytes(), StandardCharsets.UTF_8);
  }

  byte[] readBytes() {
    byte[] bytes = new byte[count(1)];
    buffer.get(bytes);
    return bytes;
  }

  float[] readFloats() {
    float[] values = new float[count(Float.BYTES)];
    buffer.asFloatBuffer().get(values);
    buffer.position(buffer.position() + values.length * Float.BYTES);
    return values;
  }

  int[] readInts() {
    int[] values = new int[count(Integer.BYTES)];
    buffer.asIntBuffer().get(values);
    buffer.position(buffer.position() + values.length * Integer.BYTES);
    return values;
  }

  long[] readLongs() {
    long[] values = new long[count(Long.BYTES)];
    buffer.asLongBuffer().get(values);
    buffer.position(buffer.position() + values.length * Long.BYTES);
    return values;
  }

  List<Long> readLongList() {
    List<Long> values = new ArrayList<>();
    for (long value : readLongs()) {
      values.add(value);
    }
    return values;
  }

  List<String> readTexts() {
    int count = count(Integer.BYTES);
    List<String> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      values.add(readText());
    }
    return values;
  }

  PrimaryKeys readKeys() {
    byte kind = readByte();
    return switch (kind) {
      case WireWriter.LONG_KEYS -> new PrimaryKeys.LongKeys(readLongs());
      case WireWriter.STRING_KEYS -> new PrimaryKeys.StringKeys(readTexts().toArray(String[]::new));
      default -> throw new IllegalArgumentException("unknown kind of keys: kind=" + kind);
    };
  }

  ColumnBatch readBatch() {
    return BatchCodec.decode(readBytes());
  }

  Column readColumn() {
    return readBatch().column(WireWriter.COLUMN_ALONE);
  }

  /** A count that the rest of the buffer can hold. */
  private int count(int elementBytes) {
    int count = buffer.getInt();
    if (count < 0 || (long) count * elementBytes > buffer.remaining()) {
      throw new IllegalArgumentException(
          "message is truncated: count=" + count + " remaining=" + buffer.remaining());
    }
    return count;
  }
}
