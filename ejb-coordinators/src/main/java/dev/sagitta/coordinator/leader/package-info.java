/** Who leads, and how other nodes have the leader do something. */
package dev.sagitta.coordinator.leader;
