package dev.sagitta.engine.metrics;

import java.util.function.DoubleConsumer;
import java.util.function.DoubleSupplier;
import java.util.function.LongConsumer;

/** Another metrics system that shows the same metrics, for example the application server's. */
public interface MetricMirror {
  /** A counter there; the result is called with every increment. */
  LongConsumer counter(String name, String help, Labels labels);

  /** A histogram there; the result is called with every observation. */
  DoubleConsumer histogram(String name, String help, Labels labels);

  /** A gauge there that reads the value when asked. */
  void gauge(String name, String help, Labels labels, DoubleSupplier value);
}
