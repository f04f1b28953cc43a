/** Paths that belong to no collection: what an analyzer makes of a text. */
package dev.sagitta.rest.common;
