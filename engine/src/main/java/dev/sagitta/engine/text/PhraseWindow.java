package dev.sagitta.engine.text;

import java.util.Arrays;

/**
 * Decides whether the places of a phrase's terms in one text are near enough to the phrase: of each
 * term one place is chosen so that the displacements, place minus position in the phrase, lie
 * within a range of the phrase's slop. The smallest range over sorted lists is found by always
 * moving the list with the smallest displacement. Reused from text to text.
 */
public final class PhraseWindow {
  private final int[] offsets;
  private final long slop;
  private final int[][] displacements;
  private final int[] counts;
  private final int[] chosen;

  public PhraseWindow(TextQuery.Phrase phrase) {
    this.offsets = phrase.positions().stream().mapToInt(Integer::intValue).toArray();
    this.slop = phrase.slop();
    this.displacements = new int[offsets.length][8];
    this.counts = new int[offsets.length];
    this.chosen = new int[offsets.length];
  }

  /** Begins with another text. */
  public void clear() {
    Arrays.fill(counts, 0);
  }

  /** Adds a place of a term; those of one term come ascending. */
  public void add(int term, int position) {
    if (counts[term] == displacements[term].length) {
      displacements[term] = Arrays.copyOf(displacements[term], 2 * counts[term]);
    }
    displacements[term][counts[term]++] = position - offsets[term];
  }

  /** Whether places can be chosen. */
  public boolean fits() {
    if (offsets.length == 0) {
      return false;
    }
    for (int count : counts) {
      if (count == 0) {
        return false;
      }
    }
    Arrays.fill(chosen, 0);
    while (true) {
      int smallest = 0;
      int largest = 0;
      for (int term = 1; term < offsets.length; term++) {
        if (displacement(term) < displacement(smallest)) {
          smallest = term;
        }
        if (displacement(term) > displacement(largest)) {
          largest = term;
        }
      }
      if ((long) displacement(largest) - displacement(smallest) <= slop) {
        return true;
      }
      if (++chosen[smallest] == counts[smallest]) {
        return false;
      }
    }
  }

  private int displacement(int term) {
    return displacements[term][chosen[term]];
  }
}
