/** Writes: rows are spread over shards, encoded, stamped and appended to the log. */
package dev.sagitta.proxy.write;
