/** Merging of sorted hits: of segments on a node, of nodes in the proxy. */
package dev.sagitta.query.hit;
