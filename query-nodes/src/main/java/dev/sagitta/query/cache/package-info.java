/** Files of sealed segments on this machine: in place in a local store, or downloaded copies. */
package dev.sagitta.query.cache;
