/**
 * Distances between a query vector and rows of off-heap floats: one stateless interface, a scalar
 * implementation and its Vector API twin.
 */
package dev.sagitta.engine.vector;
