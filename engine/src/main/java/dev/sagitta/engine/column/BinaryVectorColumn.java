package dev.sagitta.engine.column;

/**
 * Values of a BinaryVector field: {@code dimension()} bits a row, eight a byte, the first in the
 * byte's highest bit as Milvus's clients send them.
 */
public non-sealed interface BinaryVectorColumn extends PackedVectorColumn {}
