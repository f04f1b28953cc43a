/**
 * Text analysis: Milvus's analyzer parameters as chains of Lucene's tokenizers and filters, tokens,
 * and the term frequencies that full-text search counts.
 */
package dev.sagitta.engine.text;
