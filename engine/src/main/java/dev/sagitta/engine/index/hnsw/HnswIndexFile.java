package dev.sagitta.engine.index.hnsw;

import dev.sagitta.engine.column.VectorColumn;
import dev.sagitta.engine.index.IndexDescription;
import dev.sagitta.engine.index.IndexFileIdentity;
import dev.sagitta.engine.index.IndexFiles;
import dev.sagitta.engine.index.graph.GraphBlocks;
import dev.sagitta.engine.index.graph.RecordBlocks;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.storage.BlockFile;
import dev.sagitta.engine.vector.HalvedFloatKernel;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/**
 * The file of an HNSW index. One of lists of vectors is that of the vectors of all lists, list by
 * list, with the metric that compares them. It holds the vectors too, in the form that the graph
 * compares (floats are of unit length for cosine) and in its order, so that a walk needs one map.
 *
 * <p>All numbers are little-endian. The description ({@link IndexDescription}) has the type {@code
 * HNSW}, the version 3 and the numbers m, efConstruction, the form of the vectors (0 or 1) and, for
 * form 1, the bits of a float32: no vector is farther from its upper half than this. Its version
 * changes whenever anything here or in {@link GraphBlocks} does. Files of version 2 have form 0 and
 * are read too.
 *
 * <pre>
 * form 0, whole vectors:
 *   block 2, vectors: dimension times float32, float16, bfloat16 or int8 a node, as the field has it
 * form 1, float32 in two halves (see HalvedFloatKernel), where the upper ones tell neighbours apart:
 *   block 3, upper halves: dimension times int16 a node
 *   block 4, lower halves: dimension times int16 a node
 * blocks of the graph, see GraphBlocks
 * </pre>
 */
final class HnswIndexFile {
  static final int VERSION = 3;
  static final int VERSION_MIN = 2;
  static final int VECTORS_BLOCK = 2;
  static final int UPPER_HALVES_BLOCK = 3;
  static final int LOWER_HALVES_BLOCK = 4;
  private static final int WHOLE = 0;
  private static final int HALVED = 1;

  private HnswIndexFile() {}

  static void write(
      BuiltIndex built,
      HnswParameters parameters,
      int rowCount,
      IndexFileIdentity identity,
      Path target)
      throws IOException {
    HalvedVectorsWriter halves = new HalvedVectorsWriter(built);
    OptionalDouble error = halves.error();
    IndexDescription description =
        new IndexDescription(
            HnswIndexType.NAME,
            built.nodes().metric(),
            VERSION,
            rowCount,
            built.nodes().dimension(),
            parameters.m(),
            parameters.efConstruction(),
            error.isPresent() ? HALVED : WHOLE,
            Float.floatToRawIntBits(roundedUp(error.orElse(0))));
    IndexFiles.write(
        target,
        identity,
        description,
        writer -> {
          if (error.isPresent()) {
            halves.writeUpper(UPPER_HALVES_BLOCK, writer);
            halves.writeLower(LOWER_HALVES_BLOCK, writer);
          } else {
            writer.block(VECTORS_BLOCK, built.vectors());
          }
          GraphBlocks.write(writer, built.graph());
        });
  }

  private static float roundedUp(double error) {
    return error == 0 ? 0 : Math.nextUp((float) error);
  }

  static HnswIndex open(MemorySegment file, VectorColumn vectors, IndexFileIdentity expected) {
    BlockFile blocks = IndexDescription.openFile(file, HnswIndexType.NAME, expected);
    IndexDescription description =
        IndexDescription.read(blocks, HnswIndexType.NAME, VERSION_MIN, VERSION);
    description.requireRows(blocks, vectors.rowCount(), vectors.dimension());
    int m = description.value0();
    if (m < HnswParameters.M_MIN || m > HnswParameters.M_MAX) {
      throw blocks.corrupt("m of at most", HnswParameters.M_MAX, m);
    }
    GraphBlocks graph = GraphBlocks.open(blocks, m, description.rowCount());
    return new HnswIndex(
        graph,
        description.metric(),
        distances(blocks, description, vectors, graph.nodeCount()),
        description.value2() == HALVED
            ? HalvedVectors.scannedRowCost(description.dimension())
            : VectorNodes.SCANNED_ROW_COST,
        vectors,
        file);
  }

  private static Supplier<QueryDistances> distances(
      BlockFile blocks, IndexDescription description, VectorColumn vectors, int nodeCount) {
    int dimension = description.dimension();
    int form = description.value2();
    if (form == WHOLE) {
      int vectorBytes = VectorNodes.vectorBytes(vectors.type(), dimension);
      RecordBlocks records = records(blocks, VECTORS_BLOCK, vectorBytes, nodeCount);
      VectorNodes nodes = new VectorNodes(vectors.type(), description.metric(), dimension, records);
      return () -> new VectorDistances(nodes);
    }
    float error = Float.intBitsToFloat(description.value3());
    if (form != HALVED || vectors.type() != DataType.FLOAT_VECTOR || !(error >= 0)) {
      throw blocks.corrupt("form of vectors of at most", HALVED, form);
    }
    if (dimension < HalvedFloatKernel.DIMENSION_MIN) {
      throw blocks.corrupt(
          "dimension of halved vectors of at least", HalvedFloatKernel.DIMENSION_MIN, dimension);
    }
    int halfBytes = HalvedVectors.halfBytes(dimension);
    RecordBlocks upper = records(blocks, UPPER_HALVES_BLOCK, halfBytes, nodeCount);
    RecordBlocks lower = records(blocks, LOWER_HALVES_BLOCK, halfBytes, nodeCount);
    long toLower = nodeCount == 0 ? 0 : lower.address(0) - upper.address(0);
    HalvedVectors halved =
        new HalvedVectors(description.metric(), dimension, upper, toLower, error);
    return () -> new HalvedDistances(halved);
  }

  private static RecordBlocks records(BlockFile blocks, int code, int bytes, int count) {
    MemorySegment block = blocks.block(code);
    long length = (long) bytes * count;
    if (block.byteSize() != length) {
      throw blocks.corrupt("length of block " + code, length, block.byteSize());
    }
    return RecordBlocks.over(block, bytes, count);
  }
}
