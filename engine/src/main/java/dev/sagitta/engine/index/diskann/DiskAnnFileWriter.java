package dev.sagitta.engine.index.diskann;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.DenseVectorColumn;
import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.index.IndexDescription;
import dev.sagitta.engine.index.IndexFileIdentity;
import dev.sagitta.engine.index.IndexFiles;
import dev.sagitta.engine.index.code.CodeEncoder;
import dev.sagitta.engine.index.code.VectorCode;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.storage.BlockFileWriter;
import dev.sagitta.engine.storage.LittleEndian;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/** Writes the file that {@link DiskAnnFile} describes, piece by piece. */
final class DiskAnnFileWriter {
  private static final int PIECE_BYTES = 1 << 20;

  private final DenseVectorColumn column;
  private final DistinctVectors vectors;
  private final VamanaBuilder.Built built;
  private final VectorCode code;
  private final NodeLayout layout;
  private final BuildProgress progress;
  private final int[] numberOf;
  private final FurtherRows furtherRows;

  DiskAnnFileWriter(
      DenseVectorColumn column,
      DistinctVectors vectors,
      VamanaBuilder.Built built,
      VectorCode code,
      int maximumDegree,
      BuildProgress progress) {
    this.column = requireNonNull(column, "column is null");
    this.vectors = requireNonNull(vectors, "vectors is null");
    this.built = requireNonNull(built, "built is null");
    this.code = requireNonNull(code, "code is null");
    this.layout = new NodeLayout(column.vectorBytes(), maximumDegree);
    this.progress = requireNonNull(progress, "progress is null");
    this.numberOf = new int[vectors.nodeCount()];
    for (int number = 0; number < numberOf.length; number++) {
      numberOf[built.order()[number]] = number;
    }
    this.furtherRows = FurtherRows.of(vectors, numberOf);
  }

  void write(
      MetricType metric, DiskAnnParameters parameters, IndexFileIdentity identity, Path target)
      throws IOException {
    double rawBytes = (double) column.vectorBytes() * column.rowCount();
    int cachedNodes =
        Math.min(
            vectors.nodeCount(), layout.nodesIn((long) (parameters.searchCacheRatio() * rawBytes)));
    IndexDescription description =
        new IndexDescription(
            DiskAnnIndexType.NAME,
            metric,
            DiskAnnFile.VERSION,
            column.rowCount(),
            column.dimension(),
            parameters.maximumDegree(),
            cachedNodes,
            vectors.nodeCount(),
            parameters.beamWidth());
    IndexFiles.write(
        target,
        identity,
        description,
        writer -> {
          writeNodes(writer);
          writeCodes(writer);
          writer.block(DiskAnnFile.CODE_BLOCK, code.toBytes());
          writeNodesOfRows(writer);
          writer.block(DiskAnnFile.FURTHER_ROWS_BLOCK, bytesOf(furtherRows.rows()));
        });
  }

  private void writeNodes(BlockFileWriter writer) throws IOException {
    writer.beginBlock(DiskAnnFile.NODES_BLOCK);
    byte[] zeros = new byte[NodeLayout.bytesToSector(writer.position())];
    writer.append(MemorySegment.ofArray(zeros));
    int nodes = vectors.nodeCount();
    int perPiece = Math.max(1, layout.nodesIn(Math.max(PIECE_BYTES, layout.bytes(1))));
    byte[] bytes = new byte[Math.toIntExact(layout.bytes(Math.min(perPiece, nodes)))];
    MemorySegment piece = MemorySegment.ofArray(bytes);
    int[] links = new int[built.graph().capacity()];
    for (int from = 0; from < nodes; from += perPiece) {
      progress.requireNotCancelled();
      int to = Math.min(nodes, from + perPiece);
      piece.fill((byte) 0);
      for (int number = from; number < to; number++) {
        putNode(number, piece, layout.offset(number) - layout.offset(from), links);
      }
      writer.append(piece.asSlice(0, layout.bytes(to - from)));
    }
    writer.endBlock();
  }

  private void putNode(int number, MemorySegment target, long offset, int[] links) {
    int node = built.order()[number];
    int row = vectors.rowOf(node);
    MemorySegment.copy(
        column.blockOf(row), column.offsetInBlock(row), target, offset, column.vectorBytes());
    long header = offset + layout.headerOffset();
    int degree = built.graph().copyLinks(node, links);
    target.set(LittleEndian.INT, header + NodeLayout.DEGREE, degree);
    target.set(LittleEndian.INT, header + NodeLayout.FIRST_ROW, row);
    target.set(LittleEndian.INT, header + NodeLayout.FURTHER_ROWS, furtherRows.count(number));
    target.set(LittleEndian.INT, header + NodeLayout.FURTHER_POSITION, furtherRows.start(number));
    for (int i = 0; i < degree; i++) {
      long position = header + NodeLayout.LINKS + (long) Integer.BYTES * i;
      target.set(LittleEndian.INT, position, numberOf[links[i]]);
    }
  }

  private void writeCodes(BlockFileWriter writer) throws IOException {
    writer.beginBlock(DiskAnnFile.CODES_BLOCK);
    int nodes = vectors.nodeCount();
    int perPiece = Math.max(1, PIECE_BYTES / code.codeBytes());
    CodeEncoder encoder = code.newEncoder();
    float[] vector = new float[vectors.length()];
    int bytes = Math.toIntExact((long) code.codeBytes() * Math.min(perPiece, nodes));
    MemorySegment piece = MemorySegment.ofArray(new byte[bytes]);
    for (int from = 0; from < nodes; from += perPiece) {
      progress.requireNotCancelled();
      int to = Math.min(nodes, from + perPiece);
      for (int number = from; number < to; number++) {
        vectors.copy(built.order()[number], vector);
        encoder.encode(vector, 0, piece, (long) code.codeBytes() * (number - from));
      }
      writer.append(piece.asSlice(0, (long) code.codeBytes() * (to - from)));
    }
    writer.endBlock();
  }

  private void writeNodesOfRows(BlockFileWriter writer) throws IOException {
    int[] nodes = new int[vectors.rowCount()];
    for (int row = 0; row < nodes.length; row++) {
      int node = vectors.nodeOf(row);
      nodes[row] = node == DiskAnnFile.NO_NODE ? node : numberOf[node];
    }
    writer.block(DiskAnnFile.NODES_OF_ROWS_BLOCK, bytesOf(nodes));
  }

  private static MemorySegment bytesOf(int[] numbers) {
    MemorySegment bytes = MemorySegment.ofArray(new byte[numbers.length * Integer.BYTES]);
    MemorySegment.copy(numbers, 0, bytes, LittleEndian.INT, 0, numbers.length);
    return bytes;
  }
}
