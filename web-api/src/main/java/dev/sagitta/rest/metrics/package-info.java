/** Gauges read from the catalog, and the page that shows all metrics. */
package dev.sagitta.rest.metrics;
