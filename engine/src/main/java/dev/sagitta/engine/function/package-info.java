/** Functions of a schema: what computes the fields that rows do not give. */
package dev.sagitta.engine.function;
