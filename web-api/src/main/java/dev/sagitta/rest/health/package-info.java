/** Whether this process lives and is ready, for probes and for people. */
package dev.sagitta.rest.health;
