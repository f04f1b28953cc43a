/** Models on HTTP services: one client with timeouts and retries, and the wire format of each. */
package dev.sagitta.embedding.http;
