package dev.sagitta.engine.scalarindex.words;

import java.util.Optional;

/** From a word to its list. */
interface WordLists {
  /** The list of the word's rows, if any row has it. */
  Optional<WordList> find(String word);

  /** Rows that are indexed, from the segment's first on. */
  int rowCount();
}
