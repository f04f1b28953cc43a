package dev.sagitta.engine.index.ivf;

import dev.sagitta.engine.column.PackedVectorColumn;
import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.index.BuildThreads;
import dev.sagitta.engine.index.IndexDescription;
import dev.sagitta.engine.index.IndexFileIdentity;
import dev.sagitta.engine.index.IndexFiles;
import dev.sagitta.engine.index.cluster.Centroids;
import dev.sagitta.engine.index.cluster.KMeans;
import dev.sagitta.engine.index.graph.ScratchPool;
import dev.sagitta.engine.index.ivf.RowEncoding.RowEncoder;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.storage.BlockFileWriter;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Builds an inverted file with all threads. Memory beyond the centroids is that of the samples, of
 * two ints a row, and of a piece of the file: rows are encoded in the order of the lists and
 * written piece by piece.
 */
final class IvfBuilder {
  private static final long SEED = 0x5361676974746131L;

  /** Bytes of the rows that are encoded between two writes. */
  private static final int PIECE_BYTES = 8 << 20;

  private static final int POSITIONS_PER_STEP = 256;

  private final IvfFamily family;
  private final PackedVectorColumn vectors;
  private final BuildProgress progress;

  private IvfBuilder(IvfFamily family, PackedVectorColumn vectors, BuildProgress progress) {
    this.family = family;
    this.vectors = vectors;
    this.progress = progress;
  }

  static void build(
      IvfFamily family,
      PackedVectorColumn vectors,
      MetricType metric,
      Map<String, String> parameters,
      IndexFileIdentity identity,
      BuildProgress progress,
      Path target)
      throws IOException {
    new IvfBuilder(family, vectors, progress).build(metric, parameters, identity, target);
  }

  private void build(
      MetricType metric, Map<String, String> parameters, IndexFileIdentity identity, Path target)
      throws IOException {
    CoarseSpace space = CoarseSpace.of(metric);
    int wanted = IvfParameters.listCount(IvfParameters.listCount(parameters), vectors.rowCount());
    CoarseSample sample = CoarseSample.of(vectors, space, wanted * KMeans.POINTS_PER_CLUSTER, SEED);
    Centroids centroids = CoarseTraining.train(sample, space, wanted, SEED, progress);
    IvfInput input = new IvfInput(vectors, metric, parameters, space, centroids, sample, SEED);
    RowEncoding encoding = family.encoding(input, progress);
    Optional<RowEncoding> refinement = family.refinement(input, progress);
    int[] listOfRow =
        CoarseTraining.assign(
            vectors, space, centroids, progress, rows -> progress.rowsIndexed(rows / 2));
    ListedRows listed = ListedRows.of(listOfRow, centroids.count(), family.alignment());
    float[] radii = ListRadii.of(vectors, space, centroids, listed, progress);
    IndexDescription description =
        new IndexDescription(
            family.name(),
            metric,
            family.version(),
            vectors.rowCount(),
            vectors.dimension(),
            centroids.count(),
            vectors.type().code(),
            encoding.rowBytes(),
            refinement.isEmpty() && family.reranksInColumn(input)
                ? IvfFile.IN_COLUMN
                : refinement.map(RowEncoding::rowBytes).orElse(0));
    IndexFiles.write(
        target,
        identity,
        description,
        writer -> {
          ArrayBlocks.write(writer, IvfFile.CENTROIDS_BLOCK, numbers(centroids));
          ArrayBlocks.write(writer, IvfFile.RADII_BLOCK, radii);
          ArrayBlocks.write(writer, IvfFile.STARTS_BLOCK, listed.starts());
          ArrayBlocks.write(writer, IvfFile.ROWS_BLOCK, listed.rows());
          writeRows(
              writer,
              listed,
              encoding,
              IvfFile.CODES_BLOCK,
              IvfFile.CONSTANTS_BLOCK,
              IvfFile.MODEL_BLOCK);
          if (refinement.isPresent()) {
            writeRows(
                writer,
                listed,
                refinement.get(),
                IvfFile.REFINEMENT_BLOCK,
                IvfFile.CONSTANTS_BLOCK,
                IvfFile.REFINEMENT_MODEL_BLOCK);
          }
        });
    progress.rowsIndexed(vectors.rowCount());
  }

  private static float[] numbers(Centroids centroids) {
    float[] numbers = new float[Math.multiplyExact(centroids.count(), centroids.dimension())];
    for (int list = 0; list < centroids.count(); list++) {
      centroids.copyCentroid(list, numbers, list * centroids.dimension());
    }
    return numbers;
  }

  private void writeRows(
      BlockFileWriter writer,
      ListedRows listed,
      RowEncoding encoding,
      int codesBlock,
      int constantsBlock,
      int modelBlock)
      throws IOException {
    int rows = vectors.rowCount();
    int positions = listed.rows().length;
    float[] constants = new float[encoding.hasConstants() ? positions : 0];
    int pieceRows = Math.max(1, PIECE_BYTES / encoding.rowBytes());
    int piece = Math.ceilDiv(pieceRows, POSITIONS_PER_STEP) * POSITIONS_PER_STEP;
    ScratchPool<RowEncoder> encoders = new ScratchPool<>(encoding::newEncoder);
    writer.beginBlock(codesBlock);
    try (Arena arena = Arena.ofShared()) {
      long bytes = (long) Math.min(piece, positions) * encoding.rowBytes();
      MemorySegment buffer = arena.allocate(Math.max(1, bytes), 64);
      for (int from = 0; from < positions; from += piece) {
        int to = Math.min(positions, from + piece);
        encode(listed, encoding, encoders, from, to, buffer, constants);
        writer.append(buffer.asSlice(0, (long) (to - from) * encoding.rowBytes()));
        progress.rowsIndexed(rows / 2 + (int) ((long) (rows - rows / 2) * to / positions));
      }
    }
    writer.endBlock();
    if (encoding.hasConstants()) {
      ArrayBlocks.write(writer, constantsBlock, constants);
    }
    Optional<MemorySegment> model = encoding.model();
    if (model.isPresent()) {
      writer.block(modelBlock, model.get());
    }
  }

  private void encode(
      ListedRows listed,
      RowEncoding encoding,
      ScratchPool<RowEncoder> encoders,
      int pieceFrom,
      int pieceTo,
      MemorySegment buffer,
      float[] constants) {
    BuildThreads.run(
        pieceTo - pieceFrom,
        POSITIONS_PER_STEP,
        progress,
        () -> {
          int[] list = {0};
          return (from, to) -> {
            RowEncoder encoder = encoders.acquire();
            // Steps only go forwards for one thread.
            list[0] = listed.listAt(pieceFrom + from, list[0]);
            int last = pieceFrom + to;
            for (int position = pieceFrom + from; position < last; ) {
              list[0] = listed.listAt(position, list[0]);
              int end = Math.min(last, listed.starts()[list[0] + 1]);
              encoder.encode(
                  list[0],
                  listed.rows(),
                  position,
                  end,
                  buffer,
                  (long) (position - pieceFrom) * encoding.rowBytes(),
                  constants,
                  position);
              position = end;
            }
            encoders.release(encoder);
          };
        });
  }
}
