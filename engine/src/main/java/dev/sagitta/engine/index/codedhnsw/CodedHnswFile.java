package dev.sagitta.engine.index.codedhnsw;

import dev.sagitta.engine.column.DenseVectorColumn;
import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.index.BuildThreads;
import dev.sagitta.engine.index.IndexDescription;
import dev.sagitta.engine.index.IndexFileIdentity;
import dev.sagitta.engine.index.IndexFiles;
import dev.sagitta.engine.index.code.CodeEncoder;
import dev.sagitta.engine.index.code.VectorCode;
import dev.sagitta.engine.index.code.VectorCodes;
import dev.sagitta.engine.index.graph.GraphBlocks;
import dev.sagitta.engine.index.graph.GraphMemory;
import dev.sagitta.engine.index.graph.NodeOrder;
import dev.sagitta.engine.index.graph.RecordBlocks;
import dev.sagitta.engine.index.hnsw.BuiltIndex;
import dev.sagitta.engine.index.hnsw.HnswParameters;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.storage.BlockFile;
import dev.sagitta.engine.vector.UnitVectors;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Map;

/**
 * The file of a graph over codes. All numbers are little-endian. The description ({@link
 * IndexDescription}) has the index type's name, the version 1 and the numbers m, efConstruction, 1
 * if refinement is on, and 0. Its version changes whenever anything here, in {@link GraphBlocks} or
 * in a code does.
 *
 * <pre>
 * block 2, codes: the code of each node
 * block 3, code: what was learned, see VectorCode.toBytes
 * blocks of the graph, see GraphBlocks
 * </pre>
 */
final class CodedHnswFile {
  private static final int VERSION = 1;
  private static final int CODES_BLOCK = 2;
  private static final int CODE_BLOCK = 3;
  private static final int NODES_PER_STEP = 256;
  private static final long SEED = 42;

  private CodedHnswFile() {}

  /** Builds graph and codes and writes them. */
  static void build(
      String typeName,
      DenseVectorColumn vectors,
      MetricType metric,
      CodedHnswParameters parameters,
      Map<String, String> codeParameters,
      IndexFileIdentity identity,
      BuildProgress progress,
      Path target)
      throws IOException {
    HnswParameters graphParameters = parameters.graph();
    try (Arena arena = Arena.ofShared()) {
      VectorCode code =
          VectorCodes.train(parameters.code(), codeParameters, vectors, metric, SEED, progress);
      GraphMemory graph =
          BuiltIndex.build(arena, vectors, metric, graphParameters, progress).graph();
      MemorySegment codes = encode(arena, vectors, metric, graph.order(), code, progress);
      IndexDescription description =
          new IndexDescription(
              typeName,
              metric,
              VERSION,
              vectors.rowCount(),
              vectors.dimension(),
              graphParameters.m(),
              graphParameters.efConstruction(),
              parameters.refine() ? 1 : 0,
              0);
      IndexFiles.write(
          target,
          identity,
          description,
          writer -> {
            writer.block(CODES_BLOCK, codes);
            writer.block(CODE_BLOCK, code.toBytes());
            GraphBlocks.write(writer, graph);
          });
    }
  }

  private static MemorySegment encode(
      Arena arena,
      DenseVectorColumn vectors,
      MetricType metric,
      NodeOrder order,
      VectorCode code,
      BuildProgress progress) {
    long codeBytes = code.codeBytes();
    MemorySegment codes = arena.allocate(codeBytes * order.nodeCount(), 64);
    BuildThreads.run(
        order.nodeCount(),
        NODES_PER_STEP,
        progress,
        () -> {
          CodeEncoder encoder = code.newEncoder();
          float[] vector = new float[vectors.dimension()];
          return (from, to) -> {
            for (int node = from; node < to; node++) {
              vectors.copyVector(order.row(node), vector, 0);
              if (metric == MetricType.COSINE) {
                UnitVectors.normalize(vector, 0, vector, 0, vector.length);
              }
              encoder.encode(vector, 0, codes, node * codeBytes);
            }
          };
        });
    return codes;
  }

  static CodedHnswIndex open(
      String typeName, MemorySegment file, DenseVectorColumn vectors, IndexFileIdentity expected) {
    BlockFile blocks = IndexDescription.openFile(file, typeName, expected);
    IndexDescription description = IndexDescription.read(blocks, typeName, VERSION);
    description.requireRows(blocks, vectors.rowCount(), vectors.dimension());
    int m = description.value0();
    if (m < HnswParameters.M_MIN || m > HnswParameters.M_MAX) {
      throw blocks.corrupt("m of at most", HnswParameters.M_MAX, m);
    }
    GraphBlocks graph = GraphBlocks.open(blocks, m, description.rowCount());
    VectorCode code = VectorCodes.open(blocks.block(CODE_BLOCK));
    if (code.dimension() != description.dimension()) {
      throw blocks.corrupt("dimension of the code", description.dimension(), code.dimension());
    }
    MemorySegment codes = blocks.block(CODES_BLOCK);
    long length = (long) code.codeBytes() * graph.nodeCount();
    if (codes.byteSize() != length) {
      throw blocks.corrupt("length of block " + CODES_BLOCK, length, codes.byteSize());
    }
    CodedNodes nodes =
        new CodedNodes(
            description.metric(),
            code,
            RecordBlocks.over(codes, code.codeBytes(), graph.nodeCount()));
    return new CodedHnswIndex(graph, nodes, description.value2() == 1, vectors, file);
  }
}
