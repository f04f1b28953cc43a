/** Load over the REST API of a running server: throughput, latency, recall. */
package dev.sagitta.bench.rest;
