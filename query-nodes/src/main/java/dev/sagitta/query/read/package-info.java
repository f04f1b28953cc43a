/** Reads of segments: carried out on the owning node, and asked for from any node. */
package dev.sagitta.query.read;
