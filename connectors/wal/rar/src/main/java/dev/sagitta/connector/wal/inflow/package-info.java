/** Delivery: pumps, each with a consumer session of its own, and deferred acknowledgement. */
package dev.sagitta.connector.wal.inflow;
