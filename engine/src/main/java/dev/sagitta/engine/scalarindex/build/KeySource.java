package dev.sagitta.engine.scalarindex.build;

import dev.sagitta.engine.scalarindex.file.KeyKind;

/** Makes the keys of rows. Belongs to one build. */
public interface KeySource {
  KeyKind kind();

  /** Gives the row's keys, none if the row is null; a key may come twice. */
  void keysOf(int row, KeySink sink);

  /** Whether keys are elements of arrays. */
  default boolean elements() {
    return false;
  }

  /**
   * Whether some key so far is not exactly a value, or some value has no key although a filter may
   * find it.
   */
  default boolean inexact() {
    return false;
  }

  /** Whether each row that is not null has had one key so far. */
  default boolean singleValued() {
    return false;
  }
}
