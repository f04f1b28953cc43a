package dev.sagitta.engine.index.code;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.DenseVectorColumn;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.index.IndexParameters;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.MetricType;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;

/** All codes by name: training and opening. A new code is one more line in each. */
public final class VectorCodes {
  /** The numbers themselves. */
  public static final String FP32 = "FP32";

  /** Rounded to float16. */
  public static final String FP16 = "FP16";

  /** Rounded to bfloat16. */
  public static final String BF16 = "BF16";

  /** Scalar quantization to 8 bits, a range for each dimension. */
  public static final String SQ8 = "SQ8";

  /** Scalar quantization to 6 bits, a range for each dimension. */
  public static final String SQ6 = "SQ6";

  /** Scalar quantization to 4 bits, one range for all dimensions. */
  public static final String SQ4U = "SQ4U";

  /** Product quantization; parameters {@code m}, {@code nbits}. */
  public static final String PQ = "PQ";

  /** Product residual quantization; parameters {@code m}, {@code nbits}, {@code nrq}. */
  public static final String PRQ = "PRQ";

  /** Random rotation and 1 bit a number; parameter {@code bits} (1 to 8) for more. */
  public static final String RABITQ = RaBitCode.NAME;

  /** Rows that ranges and means are learned from. */
  private static final int SIMPLE_SAMPLE_ROWS = 1 << 16;

  /** Parts of a product code that the client does not choose: at most this many numbers each. */
  private static final int PART_DIMENSION_DEFAULT = 4;

  private VectorCodes() {}

  /**
   * Checks the parameters of a code and adds defaults. Others than the code's own stay as they are.
   *
   * @throws SagittaException code 1100, naming parameter, value and range
   */
  public static Map<String, String> validate(
      String name, Map<String, String> parameters, int dimension) {
    Map<String, String> complete = new HashMap<>(parameters);
    switch (name) {
      case PQ, PRQ -> {
        ProductCodeParameters checked =
            ProductCodeParameters.of(
                parameters, defaultParts(dimension), name.equals(PRQ), dimension);
        complete.put(ProductCodeParameters.M, Integer.toString(checked.m()));
        complete.put(ProductCodeParameters.NBITS, Integer.toString(checked.nbits()));
        if (name.equals(PRQ)) {
          complete.put(ProductCodeParameters.NRQ, Integer.toString(checked.nrq()));
        }
      }
      case RABITQ -> complete.put(RaBitCode.BITS, Integer.toString(rabitBits(parameters)));
      case FP32, FP16, BF16, SQ8, SQ6, SQ4U -> {}
      default -> throw unknown(name);
    }
    return Map.copyOf(complete);
  }

  /** The largest number of numbers a part, up to the default, that divides the dimension. */
  private static int defaultParts(int dimension) {
    int length = PART_DIMENSION_DEFAULT;
    while (dimension % length != 0) {
      length--;
    }
    return dimension / length;
  }

  private static int rabitBits(Map<String, String> parameters) {
    return IndexParameters.integer(parameters, RaBitCode.BITS, 1, 1, RaBitCode.BITS_MAX);
  }

  /** How many rows of a large column a code wants to learn from. */
  public static int sampleRows(String name, Map<String, String> parameters, int dimension) {
    return switch (name) {
      case FP32, FP16, BF16 -> 1;
      case PQ, PRQ -> {
        ProductCodeParameters checked =
            ProductCodeParameters.of(
                parameters, defaultParts(dimension), name.equals(PRQ), dimension);
        yield Math.toIntExact(
            Math.min(
                Integer.MAX_VALUE, (long) ProductTraining.ROWS_PER_CENTROID << checked.nbits()));
      }
      default -> SIMPLE_SAMPLE_ROWS;
    };
  }

  /**
   * Learns a code from a sample of the column. COSINE makes a code for IP and vectors of unit
   * length.
   *
   * @param seed the same seed, column and parameters make the same code
   * @throws SagittaException code 1100, if a parameter does not fit
   * @throws java.util.concurrent.CancellationException if progress says so
   */
  public static VectorCode train(
      String name,
      Map<String, String> parameters,
      DenseVectorColumn vectors,
      MetricType metric,
      long seed,
      BuildProgress progress) {
    requireNonNull(vectors, "vectors is null");
    int rows = sampleRows(name, parameters, vectors.dimension());
    TrainingSample sample = TrainingSample.of(vectors, metric, rows, seed);
    return train(name, parameters, sample, metric, seed, progress);
  }

  /** Learns a code from vectors in the form in which they will be encoded. */
  public static VectorCode train(
      String name,
      Map<String, String> parameters,
      TrainingSample sample,
      MetricType metric,
      long seed,
      BuildProgress progress) {
    requireNonNull(name, "name is null");
    requireNonNull(parameters, "parameters is null");
    requireNonNull(sample, "sample is null");
    requireNonNull(progress, "progress is null");
    progress.requireNotCancelled();
    MetricType compared = metric == MetricType.COSINE ? MetricType.IP : metric;
    int dimension = sample.dimension();
    return switch (name) {
      case FP32 -> new PlainCode(FP32, DataType.FLOAT_VECTOR, compared, dimension);
      case FP16 -> new PlainCode(FP16, DataType.FLOAT16_VECTOR, compared, dimension);
      case BF16 -> new PlainCode(BF16, DataType.BFLOAT16_VECTOR, compared, dimension);
      case SQ8 -> ScalarCodeTraining.perDimension(SQ8, compared, 8, sample);
      case SQ6 -> ScalarCodeTraining.perDimension(SQ6, compared, 6, sample);
      case SQ4U -> ScalarCodeTraining.uniform(SQ4U, compared, 4, sample);
      case PQ, PRQ -> {
        ProductCodeParameters checked =
            ProductCodeParameters.of(
                parameters, defaultParts(dimension), name.equals(PRQ), dimension);
        yield new ProductCode(
            name,
            compared,
            ProductTraining.train(
                checked.m(), checked.nbits(), checked.nrq(), sample, seed, progress));
      }
      case RABITQ -> RaBitCode.train(compared, rabitBits(parameters), sample, seed);
      default -> throw unknown(name);
    };
  }

  /**
   * Opens what {@link VectorCode#toBytes} wrote.
   *
   * @throws dev.sagitta.engine.storage.CorruptFileException and its siblings for unusable bytes
   */
  public static VectorCode open(MemorySegment bytes) {
    CodeImage image = CodeImage.read(bytes);
    return switch (image.name()) {
      case FP32 -> plain(image, DataType.FLOAT_VECTOR);
      case FP16 -> plain(image, DataType.FLOAT16_VECTOR);
      case BF16 -> plain(image, DataType.BFLOAT16_VECTOR);
      case SQ8 -> ScalarCode.open(image, 8);
      case SQ6 -> ScalarCode.open(image, 6);
      case SQ4U -> ScalarCode.open(image, 4);
      case PQ, PRQ -> ProductCode.open(image);
      case RABITQ -> RaBitCode.open(image);
      default -> throw CodeImage.corrupt("name of a code", image.name().length());
    };
  }

  private static VectorCode plain(CodeImage image, DataType elements) {
    image.requireValues(0);
    return new PlainCode(image.name(), elements, image.metric(), image.dimension());
  }

  private static SagittaException unknown(String name) {
    return SagittaException.invalidParameter("invalid vector code: " + name);
  }
}
