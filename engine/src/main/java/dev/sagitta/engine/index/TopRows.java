package dev.sagitta.engine.index;

/**
 * The best {@code capacity} rows seen so far, by score, in a bounded heap. Not safe for concurrent
 * use. Scores are in the metric's public form; whether larger is nearer is fixed at construction.
 */
public final class TopRows {
  private final int capacity;
  private final boolean largerIsNearer;
  private final int[] rows;
  private final float[] scores;
  private int size;

  public TopRows(int capacity, boolean largerIsNearer) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity must be positive: capacity=" + capacity);
    }
    this.capacity = capacity;
    this.largerIsNearer = largerIsNearer;
    this.rows = new int[capacity];
    this.scores = new float[capacity];
  }

  public int size() {
    return size;
  }

  public int capacity() {
    return capacity;
  }

  public boolean largerIsNearer() {
    return largerIsNearer;
  }

  /** Row number at the position; best first only after {@link #sortBestFirst()}. */
  public int rowAt(int position) {
    return rows[position];
  }

  public float scoreAt(int position) {
    return scores[position];
  }

  /** Whether {@link #offer} would keep a row of this score that comes after all offered ones. */
  public boolean wouldKeep(float score) {
    return size < capacity || isBetter(score, scores[0]);
  }

  /** Whether {@link #offer} would keep the row; of rows of equal score it keeps the first ones. */
  public boolean wouldKeep(int row, float score) {
    return size < capacity || isBetter(score, scores[0]) || score == scores[0] && row < rows[0];
  }

  /** Score of the worst row kept; only while rows are offered, and when there is one. */
  public float worstScore() {
    return scores[0];
  }

  /**
   * Keeps the row if it is among the best; a full heap drops its worst. Of rows of the same score
   * those of smaller numbers are better, so what is kept does not depend on the order of the calls.
   */
  public void offer(int row, float score) {
    if (size < capacity) {
      rows[size] = row;
      scores[size] = score;
      siftUp(size++);
    } else if (wouldKeep(row, score)) {
      rows[0] = row;
      scores[0] = score;
      siftDown(0, size);
    }
  }

  /** Sorts best first; ends the heap, so nothing may be offered afterwards. */
  public void sortBestFirst() {
    for (int end = size - 1; end > 0; end--) {
      swap(0, end);
      siftDown(0, end);
    }
  }

  private boolean isBetter(float left, float right) {
    return largerIsNearer ? left > right : left < right;
  }

  private boolean isWorse(int left, int right) {
    if (scores[left] != scores[right]) {
      return isBetter(scores[right], scores[left]);
    }
    return rows[left] > rows[right];
  }

  private void siftUp(int start) {
    int child = start;
    while (child > 0) {
      int parent = (child - 1) >>> 1;
      if (!isWorse(child, parent)) {
        return;
      }
      swap(child, parent);
      child = parent;
    }
  }

  private void siftDown(int start, int end) {
    int parent = start;
    while (true) {
      int child = 2 * parent + 1;
      if (child >= end) {
        return;
      }
      if (child + 1 < end && isWorse(child + 1, child)) {
        child++;
      }
      if (!isWorse(child, parent)) {
        return;
      }
      swap(child, parent);
      parent = child;
    }
  }

  private void swap(int left, int right) {
    int row = rows[left];
    rows[left] = rows[right];
    rows[right] = row;
    float score = scores[left];
    scores[left] = scores[right];
    scores[right] = score;
  }
}
