/** The write-ahead log as applications see it: append, barrier, deferred acknowledgement. */
package dev.sagitta.connector.wal;
