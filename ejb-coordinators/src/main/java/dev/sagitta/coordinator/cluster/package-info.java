/** Membership and calls between nodes, on Hazelcast. */
package dev.sagitta.coordinator.cluster;
