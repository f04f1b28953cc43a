/** Rankers: what the searches of a hybrid search found becomes one list, best first. */
package dev.sagitta.proxy.rank;
