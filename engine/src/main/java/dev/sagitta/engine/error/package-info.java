/** Errors that reach clients, with Milvus's codes. */
package dev.sagitta.engine.error;
