/** Finding and testing values inside JSON text, on its bytes, without building trees. */
package dev.sagitta.engine.filter.json;
