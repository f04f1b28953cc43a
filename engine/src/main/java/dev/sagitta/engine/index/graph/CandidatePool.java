package dev.sagitta.engine.index.graph;

/**
 * The nearest candidates met so far, sorted, bounded, and a cursor to the nearest one whose
 * neighbours have not been looked at. Not safe for concurrent use; reused, so that no search
 * allocates.
 */
public final class CandidatePool {
  /** What {@link #takeNearest} answers when nothing is left; the candidate of no distance. */
  public static final long NONE = -1;

  private long[] entries = new long[64];
  private long[] accepted = new long[64];
  private int capacity;
  private int size;
  private int cursor;

  /** Forgets everything and bounds the pool anew. */
  public void reset(int capacity) {
    if (capacity > entries.length) {
      entries = new long[Math.max(capacity, entries.length + (entries.length >> 1))];
    }
    this.capacity = capacity;
    this.size = 0;
    this.cursor = 0;
  }

  /** How many candidates there are. */
  public int size() {
    return size;
  }

  /** Whether a further candidate drops the farthest. */
  boolean isFull() {
    return size == capacity;
  }

  long get(int position) {
    return entries[position];
  }

  /** Node of the candidate at the position, nearest first. */
  public int nodeAt(int position) {
    return Candidate.node(entries[position]);
  }

  /** Distance of the candidate at the position, nearest first. */
  public float distanceAt(int position) {
    return Candidate.distance(entries[position]);
  }

  /** Whether {@link #add} would keep the candidate. */
  public boolean accepts(long candidate) {
    return size < capacity || candidate < entries[size - 1];
  }

  /** Adds an accepted candidate, dropping the farthest if the pool is full. */
  public void add(long candidate) {
    int place = countNearer(candidate);
    int end = size < capacity ? size++ : size - 1;
    System.arraycopy(entries, place, entries, place + 1, end - place);
    entries[place] = candidate;
    cursor = Math.min(cursor, place);
  }

  /** A binary search without branches, which would be guessed wrong half of the time. */
  private int countNearer(long candidate) {
    long[] entries = this.entries;
    int low = 0;
    int length = size;
    while (length > 0) {
      int half = (length + 1) >>> 1;
      low += half & -Candidate.isNearer(entries[low + half - 1], candidate);
      length -= half;
    }
    return low;
  }

  /** Adds the first {@code count} nodes with their distances, as far as they are near enough. */
  public void addAll(int[] nodes, float[] distances, int count) {
    if (count > accepted.length) {
      accepted = new long[Math.max(count, 2 * accepted.length)];
    }
    long[] accepted = this.accepted;
    long farthest = size < capacity ? Long.MAX_VALUE : entries[size - 1];
    int acceptedCount = 0;
    for (int i = 0; i < count; i++) {
      long candidate = Candidate.of(distances[i], nodes[i]);
      accepted[acceptedCount] = candidate;
      acceptedCount += Candidate.isNearer(candidate, farthest);
    }
    for (int i = 0; i < acceptedCount; i++) {
      if (accepts(accepted[i])) {
        add(accepted[i]);
      }
    }
  }

  /** Marks the nearest candidate not yet expanded and answers its node, or -1. */
  int expandNearest() {
    long candidate = takeNearest();
    return candidate == NONE ? -1 : Candidate.node(candidate);
  }

  /** Marks the nearest candidate not yet expanded and answers it, unmarked, or {@link #NONE}. */
  public long takeNearest() {
    while (cursor < size && Candidate.isExpanded(entries[cursor])) {
      cursor++;
    }
    if (cursor == size) {
      return NONE;
    }
    long candidate = entries[cursor];
    entries[cursor++] = Candidate.expanded(candidate);
    return candidate;
  }
}
