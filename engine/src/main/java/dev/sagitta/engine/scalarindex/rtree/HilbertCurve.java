package dev.sagitta.engine.scalarindex.rtree;

/** Positions of points along a Hilbert curve: points that are near on it are near on the plane. */
final class HilbertCurve {
  /** Most distinct coordinates along an axis. */
  static final int SIDE = 1 << 16;

  private HilbertCurve() {}

  /**
   * The position of a cell of a square of {@link #SIDE} cells each way (H. S. Warren, Hacker's
   * Delight, second edition, chapter 16).
   *
   * @return from 0 to 2^32 - 1
   */
  static long position(int x, int y) {
    long position = 0;
    int column = x;
    int row = y;
    for (int size = SIDE / 2; size > 0; size /= 2) {
      int right = (column & size) > 0 ? 1 : 0;
      int upper = (row & size) > 0 ? 1 : 0;
      position += (long) size * size * ((3 * right) ^ upper);
      if (upper == 0) {
        if (right == 1) {
          column = SIDE - 1 - column;
          row = SIDE - 1 - row;
        }
        int swap = column;
        column = row;
        row = swap;
      }
    }
    return position;
  }
}
