package dev.sagitta.engine.index.hnsw;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.index.graph.LinkGraph;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.storage.BlockFileWriter;
import dev.sagitta.engine.storage.LittleEndian;
import dev.sagitta.engine.vector.BrainFloat;
import dev.sagitta.engine.vector.FloatHalves;
import dev.sagitta.engine.vector.HalvedFloatKernel;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.OptionalDouble;

/**
 * Writes the vectors of a built graph in two halves, if the upper ones tell neighbours apart. They
 * do not where vectors lie close together and far from zero.
 */
final class HalvedVectorsWriter {
  /** Nodes whose links are looked at. */
  private static final int SAMPLE_MAX = 1000;

  /** The largest share of them whose links the upper halves may confuse. */
  private static final double CONFUSED_SHARE_MAX = 0.01;

  /** Links are confused if rounding moves them by more than this share of their own deviation. */
  private static final double DEVIATION_MAX = 0.1;

  /** What float arithmetic confuses anyway. */
  private static final double FLOAT_DEVIATION = 1e-6;

  private static final int ROWS_PER_PIECE = 1024;

  private final BuiltIndex built;
  private final VectorNodes nodes;
  private final int nodeCount;
  private final int dimension;

  HalvedVectorsWriter(BuiltIndex built) {
    this.built = requireNonNull(built, "built is null");
    this.nodes = built.nodes();
    this.nodeCount = built.graph().order().nodeCount();
    this.dimension = nodes.dimension();
  }

  /**
   * The largest distance of a vector to its upper half; empty if halves do not suit the vectors.
   */
  OptionalDouble error() {
    if (nodes.type() != DataType.FLOAT_VECTOR
        || dimension < HalvedFloatKernel.DIMENSION_MIN
        || nodeCount == 0) {
      return OptionalDouble.empty();
    }
    double squareMax = 0;
    float[] vector = new float[dimension];
    for (int node = 0; node < nodeCount; node++) {
      nodes.get(node, vector);
      double square = 0;
      for (float value : vector) {
        double difference = value - upper(value);
        square += difference * difference;
      }
      // Also true of NaN: a number of which the upper half is infinite.
      if (!(square < Float.MAX_VALUE)) {
        return OptionalDouble.empty();
      }
      squareMax = Math.max(squareMax, square);
    }
    if (squareMax > 0 && confuses()) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(Math.sqrt(squareMax));
  }

  private static float upper(float value) {
    return BrainFloat.toFloat(FloatHalves.upper(value));
  }

  private boolean confuses() {
    int samples = Math.min(SAMPLE_MAX, nodeCount);
    float[] base = new float[dimension];
    float[] vector = new float[dimension];
    int confused = 0;
    for (int sample = 0; sample < samples; sample++) {
      int node = (int) ((long) sample * nodeCount / samples);
      confused += confusesLinks(node, base, vector) ? 1 : 0;
    }
    return confused > CONFUSED_SHARE_MAX * samples;
  }

  /** Whether rounding changes the node's distances to its links beside how they differ. */
  private boolean confusesLinks(int node, float[] base, float[] vector) {
    LinkGraph graph = built.graph().graph();
    nodes.get(node, base);
    Deviation distances = new Deviation();
    Deviation errors = new Deviation();
    double largest = 0;
    for (int i = 0; i < graph.maximumLinks(0); i++) {
      int link = graph.link(node, i);
      if (link == LinkGraph.END) {
        break;
      }
      nodes.get(link, vector);
      double distance = distance(base, vector);
      for (int at = 0; at < dimension; at++) {
        vector[at] = upper(vector[at]);
      }
      distances.add(distance);
      errors.add(distance(base, vector) - distance);
      largest = Math.max(largest, Math.abs(distance));
    }
    return errors.value() > DEVIATION_MAX * distances.value() + FLOAT_DEVIATION * largest;
  }

  private double distance(float[] left, float[] right) {
    double sum = 0;
    for (int i = 0; i < dimension; i++) {
      if (nodes.metric() == MetricType.L2) {
        double difference = left[i] - right[i];
        sum += difference * difference;
      } else {
        sum -= (double) left[i] * right[i];
      }
    }
    return sum;
  }

  /** The standard deviation of some numbers. */
  private static final class Deviation {
    private int count;
    private double mean;
    private double squares;

    void add(double value) {
      count++;
      double difference = value - mean;
      mean += difference / count;
      squares += difference * (value - mean);
    }

    double value() {
      return count == 0 ? 0 : Math.sqrt(squares / count);
    }
  }

  void writeUpper(int code, BlockFileWriter writer) throws IOException {
    write(code, writer, true);
  }

  void writeLower(int code, BlockFileWriter writer) throws IOException {
    write(code, writer, false);
  }

  private void write(int code, BlockFileWriter writer, boolean upper) throws IOException {
    int halfBytes = HalvedVectors.halfBytes(dimension);
    MemorySegment piece = MemorySegment.ofArray(new byte[ROWS_PER_PIECE * halfBytes]);
    float[] vector = new float[dimension];
    writer.beginBlock(code);
    for (int first = 0; first < nodeCount; first += ROWS_PER_PIECE) {
      int end = Math.min(nodeCount, first + ROWS_PER_PIECE);
      long offset = 0;
      for (int node = first; node < end; node++) {
        nodes.get(node, vector);
        for (float value : vector) {
          short half = upper ? FloatHalves.upper(value) : FloatHalves.lower(value);
          piece.set(LittleEndian.SHORT, offset, half);
          offset += Short.BYTES;
        }
      }
      writer.append(piece.asSlice(0, offset));
    }
    writer.endBlock();
  }
}
