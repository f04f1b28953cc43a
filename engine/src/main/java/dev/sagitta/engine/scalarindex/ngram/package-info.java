/** Indexes of runs of characters, for {@code like} with text in the middle. */
package dev.sagitta.engine.scalarindex.ngram;
