/** A node's workers as a whole: what their parts are and how they are put together. */
package dev.sagitta.worker.node;
