/** Appending: connection handles, admission, and the group committers they share. */
package dev.sagitta.connector.wal.outbound;
