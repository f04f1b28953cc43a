/**
 * Text embedding: the functions of a schema that turn text into vectors, and the models behind
 * them, in this process or on an HTTP service, behind one interface.
 */
package dev.sagitta.embedding;
