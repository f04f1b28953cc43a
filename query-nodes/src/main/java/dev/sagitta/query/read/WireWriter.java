package dev.sagitta.query.read;

import dev.sagitta.engine.column.BatchCodec;
import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.column.PrimaryKeys;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;

/** Appends values to a growing buffer, big-endian; counts before lists, lengths before texts. */
final class WireWriter {
  static final byte LONG_KEYS = 1;
  static final byte STRING_KEYS = 2;

  /** Field id of a column that is sent alone. */
  static final long COLUMN_ALONE = 0;

  private static final int INITIAL_BYTES = 1024;

  private ByteBuffer buffer = ByteBuffer.allocate(INITIAL_BYTES);

  byte[] toByteArray() {
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  void putByte(int value) {
    room(1).put((byte) value);
  }

  void putBoolean(boolean value) {
    putByte(value ? 1 : 0);
  }

  void putInt(int value) {
    room(Integer.BYTES).putInt(value);
  }

  void putLong(long value) {
    room(Long.BYTES).putLong(value);
  }

  void putDouble(double value) {
    room(Double.BYTES).putDouble(value);
  }

  void putText(String value) {
    putBytes(value.getBytes(StandardCharsets.UTF_8));
  }

  void putBytes(byte[] bytes) {
    putInt(bytes.length);
    room(bytes.length).put(bytes);
  }

  void putFloats(float[] values) {
    putInt(values.length);
    ByteBuffer target = room(values.length * Float.BYTES);
    target.asFloatBuffer().put(values);
    target.position(target.position() + values.length * Float.BYTES);
  }

  void putInts(int[] values) {
    putInt(values.length);
    ByteBuffer target = room(values.length * Integer.BYTES);
    target.asIntBuffer().put(values);
    target.position(target.position() + values.length * Integer.BYTES);
  }

  void putLongs(long[] values) {
    putInt(values.length);
    ByteBuffer target = room(values.length * Long.BYTES);
    target.asLongBuffer().put(values);
    target.position(target.position() + values.length * Long.BYTES);
  }

  void putLongs(Collection<Long> values) {
    putInt(values.size());
    values.forEach(this::putLong);
  }

  void putTexts(Collection<String> values) {
    putInt(values.size());
    values.forEach(this::putText);
  }

  void putKeys(PrimaryKeys keys) {
    switch (keys) {
      case PrimaryKeys.LongKeys longs -> {
        putByte(LONG_KEYS);
        putLongs(longs.values());
      }
      case PrimaryKeys.StringKeys strings -> {
        putByte(STRING_KEYS);
        putTexts(Arrays.asList(strings.values()));
      }
    }
  }

  void putBatch(ColumnBatch batch) {
    putBytes(BatchCodec.encode(batch));
  }

  /** A column alone, in the form of a batch of one field. */
  void putColumn(Column column) {
    putBatch(new ColumnBatch(column.rowCount(), Map.of(COLUMN_ALONE, column)));
  }

  private ByteBuffer room(int bytes) {
    if (buffer.remaining() < bytes) {
      int wanted = Math.addExact(buffer.position(), bytes);
      int capacity = (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(wanted, 2L * wanted));
      buffer = ByteBuffer.wrap(Arrays.copyOf(buffer.array(), capacity)).position(buffer.position());
    }
    return buffer;
  }
}
