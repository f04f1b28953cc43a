package dev.sagitta.engine.index.diskann;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.DenseVectorColumn;
import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.index.code.TrainingSample;
import dev.sagitta.engine.index.code.VectorCode;
import dev.sagitta.engine.index.code.VectorCodes;
import dev.sagitta.engine.schema.MetricType;
import java.util.List;
import java.util.Map;

/**
 * Chooses the code that steers searches by how many bytes a vector may take. Scalar codes of 8 and
 * 4 bits a number steered best and fastest in our measurements; with less room than that it is
 * RaBitQ, and product quantization where even one bit a number is too much.
 *
 * @param name name of the code
 * @param parameters its parameters
 */
record SteeringCode(String name, Map<String, String> parameters) {
  private static final long SEED = 42;

  /** From the most exact to the shortest. */
  private static final List<SteeringCode> OF_EACH_NUMBER =
      List.of(
          new SteeringCode(VectorCodes.SQ8, Map.of()),
          new SteeringCode(VectorCodes.SQ4U, Map.of()),
          new SteeringCode(VectorCodes.RABITQ, Map.of("bits", "3")),
          new SteeringCode(VectorCodes.RABITQ, Map.of("bits", "2")),
          new SteeringCode(VectorCodes.RABITQ, Map.of("bits", "1")));

  SteeringCode {
    requireNonNull(name, "name is null");
    parameters = Map.copyOf(parameters);
  }

  /**
   * Trains the code that fits.
   *
   * @param budgetRatio the most bytes of a code, as a share of the bytes of a vector, rounded up
   */
  static VectorCode train(
      DenseVectorColumn vectors, MetricType metric, double budgetRatio, BuildProgress progress) {
    int dimension = vectors.dimension();
    int budgetBytes = (int) Math.ceil(budgetRatio * vectors.vectorBytes());
    SteeringCode chosen = choose(dimension, budgetBytes);
    return VectorCodes.train(chosen.name, chosen.parameters, vectors, metric, SEED, progress);
  }

  /** The most exact code of at most so many bytes, of which there is at least one. */
  static SteeringCode choose(int dimension, int budgetBytes) {
    for (SteeringCode code : OF_EACH_NUMBER) {
      if (code.codeBytes(dimension) <= budgetBytes) {
        return code;
      }
    }
    int parts = Math.min(dimension, budgetBytes);
    while (dimension % parts != 0) {
      parts--;
    }
    return new SteeringCode(VectorCodes.PQ, Map.of("m", Integer.toString(parts)));
  }

  /** The length of a code does not depend on what it learns. */
  private int codeBytes(int dimension) {
    TrainingSample nothing = new TrainingSample(new float[0], 0, dimension);
    return VectorCodes.train(name, parameters, nothing, MetricType.L2, SEED, BuildProgress.NONE)
        .codeBytes();
  }
}
