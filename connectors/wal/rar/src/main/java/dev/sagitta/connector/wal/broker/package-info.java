/** The Artemis broker below the log: started in this process, or reached over the network. */
package dev.sagitta.connector.wal.broker;
