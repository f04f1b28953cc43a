/** What the proxy asks of a node and what it gets; binary on the wire between nodes. */
package dev.sagitta.query.request;
