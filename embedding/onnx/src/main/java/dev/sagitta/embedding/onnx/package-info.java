/** Sentence embeddings by ONNX Runtime: WordPiece tokens, a BERT encoder, mean of its outputs. */
package dev.sagitta.embedding.onnx;
