/**
 * Inverted lists of words with their places in the texts, for {@code text_match} and {@code
 * phrase_match}: in memory, growing with a segment, and in a file of a complete one.
 */
package dev.sagitta.engine.scalarindex.words;
