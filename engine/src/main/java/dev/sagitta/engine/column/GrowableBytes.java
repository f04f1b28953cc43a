package dev.sagitta.engine.column;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/** A byte array that grows at its end. Not safe for concurrent use. */
public final class GrowableBytes {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, LITTLE_ENDIAN);

  /** Largest array that all virtual machines can allocate. */
  private static final int MAX_LENGTH = Integer.MAX_VALUE - 8;

  private byte[] bytes;
  private int size;

  public GrowableBytes(long expectedSize) {
    this.bytes = new byte[Math.clamp(expectedSize, 16, 1 << 26)];
  }

  public int size() {
    return size;
  }

  public void putByte(int value) {
    int position = reserve(1);
    bytes[position] = (byte) value;
  }

  public void putShort(int value) {
    int position = reserve(Short.BYTES);
    SHORT.set(bytes, position, (short) value);
  }

  public void putInt(int value) {
    int position = reserve(Integer.BYTES);
    INT.set(bytes, position, value);
  }

  public void putLong(long value) {
    int position = reserve(Long.BYTES);
    LONG.set(bytes, position, value);
  }

  public void putBytes(byte[] source, int offset, int length) {
    int position = reserve(length);
    System.arraycopy(source, offset, bytes, position, length);
  }

  public void putMemory(MemorySegment source, long offset, int length) {
    int position = reserve(length);
    MemorySegment.copy(source, ValueLayout.JAVA_BYTE, offset, bytes, position, length);
  }

  public void putFloats(float[] source, int offset, int count) {
    int position = reserve(Math.multiplyExact(count, Float.BYTES));
    MemorySegment.copy(
        source, offset, MemorySegment.ofArray(bytes), LittleEndian.FLOAT, position, count);
  }

  public void putZeros(int length) {
    reserve(length);
  }

  /** Overwrites four bytes written before. */
  public void setInt(int position, int value) {
    INT.set(bytes, position, value);
  }

  /** Sets bits of a byte, growing with zeros when it lies behind the end. */
  void orByte(int position, int bits) {
    if (position >= size) {
      reserve(position + 1 - size);
    }
    bytes[position] |= (byte) bits;
  }

  public void truncate(int newSize) {
    Arrays.fill(bytes, newSize, size, (byte) 0);
    size = newSize;
  }

  /** The bytes in place: later changes show. */
  public MemorySegment memory() {
    return MemorySegment.ofArray(bytes).asSlice(0, size);
  }

  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  private int reserve(int length) {
    int position = size;
    long needed = (long) size + length;
    if (needed > bytes.length) {
      if (needed > MAX_LENGTH) {
        throw new IllegalStateException("more bytes than an array can hold: bytes=" + needed);
      }
      bytes = Arrays.copyOf(bytes, (int) Math.min(Math.max(needed, 2L * bytes.length), MAX_LENGTH));
    }
    size = (int) needed;
    return position;
  }
}
