package dev.sagitta.engine.index;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Whether, and in what form, an index of compact codes keeps vectors a second time, to compare the
 * best rows once more.
 *
 * @param refine whether there is a second form
 * @param type its name among the vector codes
 */
public record RefineParameters(boolean refine, String type) {
  public static final String REFINE = "refine";
  public static final String REFINE_TYPE = "refine_type";
  public static final String REFINE_K = "refine_k";

  private static final List<String> TYPES = List.of("SQ6", "SQ8", "FP16", "BF16", "FP32");

  public RefineParameters {
    requireNonNull(type, "type is null");
  }

  /**
   * Reads the build parameters.
   *
   * @param defaultType if the client gives none
   * @throws SagittaException code 1100, naming the parameter
   */
  public static RefineParameters of(Map<String, String> parameters, String defaultType) {
    String refine = parameters.getOrDefault(REFINE, "false").strip().toLowerCase(Locale.ROOT);
    if (!refine.equals("true") && !refine.equals("false")) {
      throw SagittaException.invalidParameter(
          String.format(
              "Type conflict in json: param '%s' (%s) should be a boolean", REFINE, refine));
    }
    String type = parameters.getOrDefault(REFINE_TYPE, defaultType).strip();
    String name = type.toUpperCase(Locale.ROOT);
    if (!TYPES.contains(name)) {
      throw SagittaException.invalidParameter(
          String.format("invalid param: '%s' (%s) should be one of %s", REFINE_TYPE, type, TYPES));
    }
    return new RefineParameters(refine.equals("true"), name);
  }

  /** The parameters as text, complete. */
  public Map<String, String> toMap() {
    return Map.of(REFINE, Boolean.toString(refine), REFINE_TYPE, type);
  }

  /**
   * How many times the wanted rows are compared once more: the search parameter {@code refine_k},
   * which need not be whole.
   *
   * @throws SagittaException code 1100, if it is no number of at least 1
   */
  public static double refineK(IndexSearchParameters parameters) {
    String text = parameters.values().get(REFINE_K);
    if (text == null) {
      return 1;
    }
    double value;
    try {
      value = Double.parseDouble(text.strip());
    } catch (NumberFormatException e) {
      throw new SagittaException(
          ErrorCode.INVALID_PARAMETER,
          String.format(
              "Type conflict in json: param '%s' (%s) should be a number", REFINE_K, text),
          e);
    }
    if (!(value >= 1 && value <= Float.MAX_VALUE)) {
      throw SagittaException.invalidParameter(
          String.format(
              "Out of range in json: param '%s' (%s) should be in range [1, %s]",
              REFINE_K, text, Float.MAX_VALUE));
    }
    return value;
  }
}
