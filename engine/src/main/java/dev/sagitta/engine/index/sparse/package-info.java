/**
 * SPARSE_INVERTED_INDEX and SPARSE_WAND: inverted lists of quantised impacts that are searched term
 * at a time or document at a time, with exact scores from the rows themselves. The inner product
 * and BM25 differ only in what an impact is.
 */
package dev.sagitta.engine.index.sparse;
