/** Interim indexes of growing segments. */
package dev.sagitta.query.growing;
