/** Reads: routed to the nodes that own the shards, merged, and tried again when owners change. */
package dev.sagitta.proxy.read;
