/**
 * Request bodies and answers as JSON: an outline of the body's top level, small values as trees,
 * large ones (rows, vectors, keys) as ranges of bytes that are parsed as a stream.
 */
package dev.sagitta.rest.json;
