/** What a node tells about its work; the web module publishes it. */
package dev.sagitta.query.metrics;
