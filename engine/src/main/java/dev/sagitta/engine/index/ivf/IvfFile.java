package dev.sagitta.engine.index.ivf;

import dev.sagitta.engine.column.PackedVectorColumn;
import dev.sagitta.engine.index.IndexDescription;
import dev.sagitta.engine.index.IndexFileIdentity;
import dev.sagitta.engine.storage.BlockFile;
import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * The file of an inverted file. All numbers are little-endian. The description ({@link
 * IndexDescription}) has the family's type and version, and the numbers of lists, of the vectors'
 * type ({@code DataType.code()}), bytes of a stored row, bytes of a row of the refinement (0 if
 * there is none, -1 if the segment's own vectors are it). A position is the place of a row in the
 * order of the lists.
 *
 * <pre>
 * block 2, centroids: dimension times float32 a list
 * block 3, radii: float32 a list, the largest distance of a row to its centroid (see {@link
 *   CoarseSpace} for the space of both)
 * block 4, starts: int32 a list, the first position of the list; and one more, the last one's end
 * block 5, rows: int32 a position, ascending within a list; -1 if there is no row
 * block 6, codes: the family's bytes of a row, a position
 * block 7, constants: float32 a position; only if the family needs them
 * block 8, model: what the family learned; only if it learns anything
 * block 9, refinement: bytes of the row in a more exact form, a position; only if there is one
 * block 10, model of the refinement
 * </pre>
 *
 * <p>What the codes and constants are is said by the family: {@link FlatFamily}, {@link
 * BinaryFlatFamily}, {@link CodeFamily}, {@link ScannFamily}.
 */
final class IvfFile {
  static final int CENTROIDS_BLOCK = 2;
  static final int RADII_BLOCK = 3;
  static final int STARTS_BLOCK = 4;
  static final int ROWS_BLOCK = 5;
  static final int CODES_BLOCK = 6;
  static final int CONSTANTS_BLOCK = 7;
  static final int MODEL_BLOCK = 8;
  static final int REFINEMENT_BLOCK = 9;
  static final int REFINEMENT_MODEL_BLOCK = 10;

  /** Instead of the bytes of a refined row: the segment's own vectors are the refinement. */
  static final int IN_COLUMN = -1;

  private IvfFile() {}

  static IvfIndex open(
      IvfFamily family,
      MemorySegment file,
      PackedVectorColumn vectors,
      IndexFileIdentity expected) {
    BlockFile blocks = IndexDescription.openFile(file, family.name(), expected);
    IndexDescription description = IndexDescription.read(blocks, family.name(), family.version());
    description.requireRows(blocks, vectors.rowCount(), vectors.dimension());
    if (description.value1() != vectors.type().code()) {
      throw blocks.corrupt("type of the vectors", vectors.type().code(), description.value1());
    }
    int listCount = description.value0();
    if (listCount < 1) {
      throw blocks.corrupt("lists of at least", 1, listCount);
    }
    MemorySegment rows = blocks.block(ROWS_BLOCK);
    int positions = Math.toIntExact(rows.byteSize() / Integer.BYTES);
    int rowBytes = description.value2();
    int refinementBytes = description.value3();
    IvfLists lists =
        new IvfLists(
            blocks,
            description.metric(),
            description.dimension(),
            listCount,
            exactly(blocks, CENTROIDS_BLOCK, 4L * listCount * description.dimension()),
            exactly(blocks, RADII_BLOCK, 4L * listCount),
            starts(blocks, listCount, positions, family.alignment()),
            exactly(blocks, ROWS_BLOCK, 4L * positions),
            description.rowCount(),
            positions,
            new StoredRows(
                exactly(blocks, CODES_BLOCK, (long) rowBytes * positions),
                rowBytes,
                optional(blocks, CONSTANTS_BLOCK, 4L * positions),
                blocks.optionalBlock(MODEL_BLOCK)),
            refinementBytes == IN_COLUMN,
            refinementBytes <= 0
                ? Optional.empty()
                : Optional.of(
                    new StoredRows(
                        exactly(blocks, REFINEMENT_BLOCK, (long) refinementBytes * positions),
                        refinementBytes,
                        Optional.empty(),
                        blocks.optionalBlock(REFINEMENT_MODEL_BLOCK))));
    return new IvfIndex(family, lists, vectors, file);
  }

  private static MemorySegment starts(
      BlockFile blocks, int listCount, int positions, int alignment) {
    MemorySegment starts = exactly(blocks, STARTS_BLOCK, 4L * (listCount + 1));
    int previous = 0;
    for (int list = 0; list <= listCount; list++) {
      int start = starts.get(LittleEndian.INT, 4L * list);
      if (start < previous || start > positions || start % alignment != 0) {
        throw blocks.corrupt("start of a list of at least", previous, start);
      }
      previous = start;
    }
    if (previous != positions) {
      throw blocks.corrupt("end of the lists", positions, previous);
    }
    return starts;
  }

  private static Optional<MemorySegment> optional(BlockFile blocks, int code, long length) {
    return blocks.optionalBlock(code).map(block -> exactly(blocks, code, length));
  }

  private static MemorySegment exactly(BlockFile blocks, int code, long length) {
    MemorySegment block = blocks.block(code);
    if (block.byteSize() != length) {
      throw blocks.corrupt("length of block " + code, length, block.byteSize());
    }
    return block;
  }
}
