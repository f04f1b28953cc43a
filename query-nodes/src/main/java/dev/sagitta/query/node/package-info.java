/** A node's query side as a whole: what its parts are and how they are put together. */
package dev.sagitta.query.node;
