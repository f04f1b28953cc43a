package dev.sagitta.engine.index.ivf;

import dev.sagitta.engine.storage.BlockFileWriter;
import dev.sagitta.engine.storage.LittleEndian;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Writes arrays of numbers as blocks, little-endian. */
final class ArrayBlocks {
  private static final int NUMBERS_PER_PIECE = 1 << 14;

  private ArrayBlocks() {}

  static void write(BlockFileWriter writer, int code, int[] numbers) throws IOException {
    write(writer, code, MemorySegment.ofArray(numbers), ValueLayout.JAVA_INT, LittleEndian.INT);
  }

  static void write(BlockFileWriter writer, int code, float[] numbers) throws IOException {
    write(writer, code, MemorySegment.ofArray(numbers), ValueLayout.JAVA_FLOAT, LittleEndian.FLOAT);
  }

  private static void write(
      BlockFileWriter writer,
      int code,
      MemorySegment numbers,
      ValueLayout nativeLayout,
      ValueLayout layout)
      throws IOException {
    MemorySegment piece = MemorySegment.ofArray(new byte[NUMBERS_PER_PIECE * Integer.BYTES]);
    writer.beginBlock(code);
    for (long from = 0; from < numbers.byteSize(); from += piece.byteSize()) {
      long length = Math.min(piece.byteSize(), numbers.byteSize() - from);
      MemorySegment.copy(numbers, nativeLayout, from, piece, layout, 0, length / layout.byteSize());
      writer.append(piece.asSlice(0, length));
    }
    writer.endBlock();
  }
}
