/** Functions and their parameters, with a service on loopback. */
package dev.sagitta.embedding;
