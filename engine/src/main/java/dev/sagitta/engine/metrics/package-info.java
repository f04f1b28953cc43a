/**
 * Counters, histograms and gauges of this process, under Milvus's names where it has one. Any
 * module records into {@link dev.sagitta.engine.metrics.MetricRegistry#process()}; the web module
 * shows them.
 */
package dev.sagitta.engine.metrics;
