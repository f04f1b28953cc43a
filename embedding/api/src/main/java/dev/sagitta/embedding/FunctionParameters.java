package dev.sagitta.embedding;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.function.FunctionContext;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/** The parameters of a function, whose names may be in any case, checked with Milvus's words. */
public final class FunctionParameters {
  private final FunctionContext context;
  private final Map<String, String> values = new TreeMap<>();

  public FunctionParameters(FunctionContext context) {
    this.context = requireNonNull(context, "context is null");
    context
        .function()
        .parameters()
        .forEach((name, value) -> values.put(name.toLowerCase(Locale.ROOT), value));
  }

  /** The function whose parameters these are. */
  public FunctionContext context() {
    return context;
  }

  /** A parameter that is given and not empty. */
  public Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
  }

  /**
   * The parameter {@code dim}, which must be the output field's dimension; 0 is as good as absent.
   *
   * @throws SagittaException 1100 if it is not
   */
  public OptionalInt dimension() {
    Optional<String> given = text("dim");
    if (given.isEmpty()) {
      return OptionalInt.empty();
    }
    long dimension;
    try {
      dimension = Long.parseLong(given.get());
    } catch (NumberFormatException e) {
      throw SagittaException.invalidParameter(
          "dimension [" + given.get() + "] provided in Function params is not a valid int");
    }
    int fieldDimension = context.output().dimension();
    if (dimension != 0 && dimension != fieldDimension) {
      throw SagittaException.invalidParameter(
          "Function output field:["
              + context.output().name()
              + "]'s dimension ["
              + fieldDimension
              + "] does not match the dimension ["
              + dimension
              + "] provided in Function params.");
    }
    return dimension == 0 ? OptionalInt.empty() : OptionalInt.of(fieldDimension);
  }

  /**
   * The parameter {@code max_client_batch_size}.
   *
   * @throws SagittaException 1100 unless it is a number from 1 to {@code maximum}
   */
  public int batchSize(int defaultSize, int maximum) {
    Optional<String> given = text("max_client_batch_size");
    if (given.isEmpty()) {
      return defaultSize;
    }
    int size;
    try {
      size = Integer.parseInt(given.get());
    } catch (NumberFormatException e) {
      throw bad("max_client_batch_size", "is not a valid number");
    }
    if (size <= 0) {
      throw bad("max_client_batch_size", "must be greater than 0");
    }
    if (size > maximum) {
      throw bad("max_client_batch_size", "must be at most " + maximum);
    }
    return size;
  }

  /**
   * A parameter that is true or false.
   *
   * @throws SagittaException 1100 for another value
   */
  public boolean flag(String name, boolean defaultValue) {
    Optional<String> given = text(name);
    if (given.isEmpty()) {
      return defaultValue;
    }
    return switch (given.get().toLowerCase(Locale.ROOT)) {
      case "true", "t", "1" -> true;
      case "false", "f", "0" -> false;
      default -> throw bad(name, "is invalid, only supports: [true/false]");
    };
  }

  /**
   * A parameter with few values.
   *
   * @throws SagittaException 1100 for another value
   */
  public Optional<String> choice(String name, String... choices) {
    Optional<String> given = text(name);
    if (given.isPresent() && !Set.of(choices).contains(given.get())) {
      throw bad(name, "is invalid, only supports [" + String.join("/", choices) + "]");
    }
    return given;
  }

  /**
   * Refuses parameters that are not among {@code known}.
   *
   * @throws SagittaException 1100 naming the parameter
   */
  public void allowOnly(Set<String> known) {
    for (String name : values.keySet()) {
      if (!known.contains(name)) {
        throw SagittaException.invalidParameter(
            "unknown param of text embedding function: function="
                + context.function().name()
                + " param="
                + name
                + " known="
                + known.stream().sorted().toList());
      }
    }
  }

  private SagittaException bad(String name, String rule) {
    return SagittaException.invalidParameter(
        "[" + name + " param's value: " + values.get(name) + "] " + rule);
  }
}
