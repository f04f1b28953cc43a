/** The resource adapter: settings, life cycle and activation. */
package dev.sagitta.connector.wal.ra;
