package dev.sagitta.engine.scalarindex.file;

import dev.sagitta.engine.storage.BlockFile;
import java.lang.foreign.MemorySegment;

/** Finds blocks of an index file and checks their lengths. */
final class Blocks {
  private Blocks() {}

  static MemorySegment ofLength(BlockFile file, int code, long expected) {
    MemorySegment block = file.block(code);
    if (block.byteSize() != expected) {
      throw file.corrupt("length of block " + code, expected, block.byteSize());
    }
    return block;
  }
}
