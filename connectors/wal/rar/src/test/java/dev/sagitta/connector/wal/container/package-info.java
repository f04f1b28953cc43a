/** A hand-written container: just enough of the connector architecture to run the adapter. */
package dev.sagitta.connector.wal.container;
