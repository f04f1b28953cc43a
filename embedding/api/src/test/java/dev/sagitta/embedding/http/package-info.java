/** The client and the wire formats against a real HTTP server on loopback. */
package dev.sagitta.embedding.http;
