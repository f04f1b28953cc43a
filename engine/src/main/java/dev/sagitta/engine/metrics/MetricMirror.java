package dev.sagitta.engine.metrics;

import java.util.function.DoubleSupplier;
import java.util.function.LongConsumer;

/**
 * Another metrics system that shows the same metrics, for example the application server's. Of a
 * histogram it shows two gauges, the number of observations and their sum: observations are made
 * several times a request, and other systems' histograms cost more than what they measure.
 */
public interface MetricMirror {
  /** A counter there; the result is called with every increment. */
  LongConsumer counter(String name, String help, Labels labels);

  /** A gauge there that reads the value when asked. */
  void gauge(String name, String help, Labels labels, DoubleSupplier value);
}
