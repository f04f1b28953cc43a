package dev.sagitta.engine.scalarindex.build;

/**
 * How much a sort keeps in memory.
 *
 * @param pairs most pairs
 * @param bytes most bytes of keys
 * @param files most files of one merge
 */
record PairLimits(int pairs, int bytes, int files) {
  static final PairLimits DEFAULT = new PairLimits(1 << 21, 1 << 26, 256);

  PairLimits {
    if (pairs < 1 || bytes < 1 || files < 2) {
      throw new IllegalArgumentException(
          "limits are too small: pairs=" + pairs + " bytes=" + bytes + " files=" + files);
    }
  }
}
