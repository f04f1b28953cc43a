package dev.sagitta.engine.index.code;

import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.index.IndexParameters;
import java.util.Map;

/**
 * Parameters of a product code, by Milvus's names.
 *
 * @param m parts that a vector is cut into; divides the dimension
 * @param nbits bits of a part's number
 * @param nrq levels; 1 for plain product quantization
 */
record ProductCodeParameters(int m, int nbits, int nrq) {
  static final String M = "m";
  static final String NBITS = "nbits";
  static final String NRQ = "nrq";
  static final int M_MAX = 65536;
  static final int BITS_MAX = 24;
  static final int BITS_DEFAULT = 8;
  static final int LEVELS_MAX = 16;
  static final int LEVELS_DEFAULT = 2;

  /** The most numbers in all codebooks, 256 MiB, and in the tables of a query, 64 MiB. */
  private static final long CODEBOOK_VALUES_MAX = 1L << 26;

  private static final long TABLE_ENTRIES_MAX = 1L << 24;

  /**
   * Reads the parameters.
   *
   * @param defaultM number of parts if the client gives none
   * @throws SagittaException code 1100, naming the parameter
   */
  static ProductCodeParameters of(
      Map<String, String> parameters, int defaultM, boolean residual, int dimension) {
    int m = IndexParameters.integer(parameters, M, defaultM, 1, M_MAX);
    int nbits = IndexParameters.integer(parameters, NBITS, BITS_DEFAULT, 1, BITS_MAX);
    int nrq =
        residual ? IndexParameters.integer(parameters, NRQ, LEVELS_DEFAULT, 1, LEVELS_MAX) : 1;
    if (dimension % m != 0) {
      throw SagittaException.invalidParameter(
          String.format(
              "The dimension of a vector (dim) should be a multiple of the number of subquantizers"
                  + " (m): dim=%d m=%d",
              dimension, m));
    }
    if (ProductCodebooks.size(dimension, nbits, nrq) > CODEBOOK_VALUES_MAX
        || ((long) m * nrq) << nbits > TABLE_ENTRIES_MAX) {
      throw SagittaException.invalidParameter(
          String.format(
              "param 'nbits' (%d) needs too much memory: dim * 2^nbits * nrq must not exceed %d and"
                  + " m * 2^nbits * nrq must not exceed %d: dim=%d m=%d nrq=%d",
              nbits, CODEBOOK_VALUES_MAX, TABLE_ENTRIES_MAX, dimension, m, nrq));
    }
    return new ProductCodeParameters(m, nbits, nrq);
  }
}
