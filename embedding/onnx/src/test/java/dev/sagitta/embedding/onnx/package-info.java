/** The models that the packages carry, run for real. */
package dev.sagitta.embedding.onnx;
