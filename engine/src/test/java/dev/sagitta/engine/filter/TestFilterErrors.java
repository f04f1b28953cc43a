package dev.sagitta.engine.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.schema.CollectionSchema;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused, in which words, and that nothing else than a FilterException comes out. */
class TestFilterErrors {
  private static final CollectionSchema STATIC = Table.schemaOfAllTypes(false);

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        // syntax
        "a == ; line 1:4 mismatched input '<EOF>'",
        "a = 1 ; line 1:2",
        "a == 1 and ; line 1:10",
        "a And b ; line 1:2",
        "a == 'x ; token recognition error",
        "a == 1 ) ; line 1:7",
        "a == 1 # ; token recognition error at: '#'",
        "s == 'a\\qb' ; invalid escape in string: escape=\\q",
        "s == '\\u12' ; invalid escape in string",
        "s like s ; line 1:7",
        "a in 1, 2 ; line 1:6",
        "a == 08 ; invalid int64 literal: value=08",
        // numbers out of range
        "a == 9223372036854775808 ; invalid int64 literal: value=9223372036854775808",
        "a == -9223372036854775809 ; invalid int64 literal: value=-9223372036854775809",
        "d == 1e999 ; float literal is out of range",
        "a == 9223372036854775807 + 1 ; integer overflow in constants",
        "ai[99999999999] == 1 ; array index is out of range",
        // names
        "x == 1 ; field x not exist",
        "$meta['x'] == 1 ; field $meta not exist",
        "x['y'] is null ; field x not exist",
        "a['k'] == 1 ; Int64 data type not supported accessed with []",
        "ai['k'] == 1 ; an array is accessed with one integer index: field=ai",
        "nothing(a) ; function nothing is not supported",
        "text_match(s, 'x') ; field \"s\" does not enable match",
        // not a condition
        "a ; predicate is not a boolean expression: a, data type: Int64",
        "flag ; predicate is not a boolean expression: flag, data type: Bool",
        "true ; predicate is not a boolean expression: true, data type: Bool",
        "j['x'] ; predicate is not a boolean expression: j['x'], data type: JSON",
        "a + 1 ; predicate is not a boolean expression: a + 1, data type: Int64",
        "array_length(ai) ; predicate is not a boolean expression",
        "[1] ; predicate is not a boolean expression: [1], data type: Array",
        "a == 1 and flag ; 'and' can only be used between boolean expressions",
        "1 or a == 1 ; 'or' can only be used between boolean expressions",
        "not flag ; 'not' can only be applied on boolean expressions",
        "not a == 1 ; 'not' can only be applied on boolean expressions",
        "(a > 1) == true ; a boolean expression cannot be an operand",
        "(a > 1) + 1 == 2 ; a boolean expression cannot be an operand",
        // types
        "s == 1 ; comparisons between VarChar and Int64 are not supported",
        "a == '1' ; comparisons between Int64 and VarChar are not supported",
        "flag == 1 ; comparisons between Bool and Int64 are not supported",
        "flag < true ; comparisons between Bool and Bool are not supported",
        "a == true ; comparisons between Int64 and Bool are not supported",
        "vector == 1 ; comparisons between FloatVector and Int64 are not supported",
        "ai == 1 ; comparisons between Array and Int64 are not supported",
        "a == [1] ; comparisons between Int64 and Array are not supported",
        "ai < [1] ; comparisons between Array and Array are not supported",
        "j['x'] < true ; comparisons between JSON and Bool are not supported",
        "j['x'] + 1 == 'a' ; comparisons between JSON and VarChar are not supported",
        "1 == 'a' ; comparisons between Int64 and VarChar are not supported",
        "a == s ; comparisons between Int64 and VarChar are not supported",
        "j['x'] == a ; comparisons between two values of a row are supported for plain fields only",
        "a + 1 == n ; comparisons between two values of a row are supported for plain fields only",
        // ranges
        "5 < a < 1 ; invalid range operation: lowerbound is greater than upperbound",
        "1 > a > 5 ; invalid range operation: lowerbound is greater than upperbound",
        "'z' < s < 'a' ; invalid range",
        "1 < a > 0 ; invalid range operation: operators point in different directions",
        "1 < a < n ; invalid range operation: the bounds of a range must be constants",
        "1 < 2 < 3 ; invalid range operation: the middle of a range must be a field",
        "1 < a < 'z' ; invalid range operation: bounds must be two numbers or two strings",
        "1 < s < 5 ; comparisons between VarChar and Int64 are not supported",
        "1 < a < 2 < 3 ; a boolean expression cannot be an operand",
        // lists
        "a in 1 ; the right-hand side of 'in' must be a list",
        "a in n ; the right-hand side of 'in' must be a list",
        "a in [1, 'two'] ; value 'two' in list cannot be casted to Int64",
        "a in [1, 2.5] ; value '2.5' in list cannot be casted to Int64",
        "s in ['a', 1] ; value '1' in list cannot be casted to VarChar",
        "flag in [1] ; value '1' in list cannot be casted to Bool",
        "d in [1.5, true] ; value 'true' in list cannot be casted to Double",
        "a in [n] ; a list can only hold constants",
        "vector in [1] ; 'in' is not supported on this type: type=FloatVector",
        "1 in [1] ; 'in' can only be used on a single field",
        // arithmetic
        "a / 0 == 1 ; division or modulus by zero",
        "a % 0 == 1 ; division or modulus by zero",
        "d / 0.0 == 1 ; division or modulus by zero",
        "a == 1 / 0 ; division or modulus by zero",
        "a == 1 % 0 ; division or modulus by zero",
        "d % 2 == 1 ; modulo can only apply on integer types",
        "a % 1.5 == 1 ; modulo can only apply on integer types",
        "a + n == 3 ; arithmetic on several fields is not supported",
        "a + 1 + 1 == 3 ; complicated arithmetic operations are not supported",
        "2 / a == 1 ; division or modulus of a constant by a field is not supported",
        "a ** 2 == 4 ; power can only apply on constants",
        "s + 'x' == 'y' ; can only be used between integer or floating or json field expressions",
        "s + 1 == 2 ; can only be used between integer or floating or json field expressions",
        "a & 1 == 1 ; BitAnd is not supported",
        "a | 1 ; BitOr is not supported",
        "a ^ 1 == 1 ; BitXor is not supported",
        "a << 1 == 2 ; ShiftLeft is not supported",
        "a >> 1 == 2 ; ShiftRight is not supported",
        "~a == 2 ; BitNot is not supported",
        // like, exists, null
        "a like 'x%' ; like operation on non-string or no-json field is unsupported",
        "s like 1 ; the right-hand side of 'like' must be a string",
        "exists a ; exists operations are only supportted on json field, got:Int64",
        "vector is null ; IsNull/IsNotNull operations are not supported on vector fields",
        "ai[0] is null ; IsNull/IsNotNull operations are not supported on array elements: field=ai",
        // functions
        "json_contains(a, 1) ; json_contains operation are only supported on json or array fields",
        "array_contains(ai, 'x') ; value 'x' in list cannot be casted to Int64",
        "array_contains_any(ai, 1) ; array_contains_any operation element must be an array",
        "array_contains_all(a, []) ; array_contains_all operation are only supported on json or",
        "array_contains(ai) ; function array_contains takes 2 arguments, got: 1",
        "array_contains_any() ; function array_contains_any takes 2 arguments, got: 0",
        "array_contains(ai, n) ; array_contains operation element must be a constant",
        "array_contains(ai, value=1) ; function array_contains has no parameter named value",
        "array_length(a) == 1 ; array_length operation are only supported on json or array fields",
        "array_length() == 1 ; array_length takes one argument",
        "starts_with(s, 1) ; the second argument of starts_with must be a string constant",
        "empty(a) ; empty operation on non-string or no-json field is unsupported",
        "st_within(a, 'POINT (1 1)') ; spatial operation are only supported on geometry fields now",
        "st_within(g, 'POINT (1') ; invalid WKT: POINT (1",
        "st_within(g, 'POINT (1 1) x') ; text behind the geometry",
        "st_within(g, 1) ; the second argument of st_within must be a string of well-known text",
        "st_within(g) ; function st_within takes 2 arguments, got: 1",
        "st_dwithin(g, 'LINESTRING (1 1, 2 2)', 5) ; only supports POINT geometry",
        "st_dwithin(g, 'POINT (1 1)', -1) ; distance parameter must be non-negative, got: -1",
        "st_dwithin(g, 'POINT (1 1)', 'far') ; distance parameter must be a numeric value",
        "st_dwithin(g, 'POINT (1 1)', a) ; distance parameter must be a constant numeric value",
        "st_isvalid(s) ; STIsValid operation are only supported on geometry fields now",
        "g == 'POINT (1 1)' ; comparisons between Geometry and VarChar are not supported",
        "g in ['POINT (1 1)'] ; 'in' is not supported on this type: type=Geometry",
        "random_sample(0.5) or a == 1 ; random sample expression can only be the last expression",
        "not random_sample(0.5) ; random sample expression can only be the last expression",
        "random_sample(0.5) and a == 1 ; random sample expression can only be the last",
        "random_sample(1.0) ; the sample factor should be between 0 and 1",
        "a == 1 and random_sample(0) ; the sample factor should be between 0 and 1",
        "random_sample(a) ; should be a const float expression",
        "random_sample() ; sample factor missed",
        // points in time
        "ts > ISO '2024-01-01' ; invalid timestamp string: '2024-01-01'. Does not match any known",
        "ts > 'soon' ; invalid timestamp string: 'soon'. Does not match any known format",
        "ts > ISO '2024-01-01T00:00:00+15:00' ; UTC offset hour 15 is out of the valid range [-12,"
            + " 14]",
        "ts > 5 ; comparisons between Timestamptz and Int64 are not supported",
        "a > ISO '2024-01-01T00:00:00Z' ; comparisons between Int64 and Timestamptz are not"
            + " supported",
        "ts == a ; comparisons between Timestamptz and Int64 are not supported",
        "ts in [5] ; value '5' in list cannot be casted to Timestamptz",
        "ts + 1 == ISO '2024-01-01T00:00:00Z' ; can only be used between integer or floating or"
            + " json",
        "ts + INTERVAL '1D' > ISO '2024-01-01T00:00:00Z' ; invalid ISO 8601 duration: 1D",
        "a + INTERVAL 'P1D' > 5 ; INTERVAL can only be added to one timestamptz field",
        "ISO '2024-01-01T00:00:00Z' ; predicate is not a boolean expression",
        // templates
        "a == {v} ; the value of expression template variable name {v} is not found",
        "{v} ; the value of expression template variable name {v} is not found",
      })
  void refuses(String expression, String why) {
    assertThatThrownBy(() -> FilterCompiler.compile(expression, Map.of(), STATIC))
        .isInstanceOf(FilterException.class)
        .hasMessageStartingWith(
            "failed to create query plan: cannot parse expression: " + expression + ", error: ")
        .hasMessageContaining(why);
  }

  @Test
  void hasTheCodeOfInvalidParameters() {
    FilterException failure =
        catchThrowableOfType(
            FilterException.class, () -> FilterCompiler.compile("x == 1", Map.of(), STATIC));
    assertThat(failure.errorCode()).isEqualTo(ErrorCode.INVALID_PARAMETER);
    assertThat(failure.why()).isEqualTo("field x not exist");
    assertThat(failure.forDelete())
        .hasMessageStartingWith("failed to create delete plan: cannot parse expression: x == 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "not ", "-", "!(", "[", "exists ", "-(", "~"})
  void boundsNesting(String opening) {
    String deep = opening.repeat(10_000) + "a == 1";
    assertThatThrownBy(() -> FilterCompiler.compile(deep, Map.of(), STATIC))
        .isInstanceOf(FilterException.class)
        .hasMessageContaining("nested too deeply");
  }

  @ParameterizedTest
  @ValueSource(strings = {" + 1", " ** 1", " == 1", " in [1]", " like 'x'", " < 1"})
  void boundsChainsThatCannotBeFlat(String link) {
    String deep = "a" + link.repeat(10_000);
    assertThatThrownBy(() -> FilterCompiler.compile(deep, Map.of(), STATIC))
        .isInstanceOf(FilterException.class);
  }

  @Test
  void takesNestingUpToTheBoundOnASmallStack() throws InterruptedException {
    String deep = "(".repeat(255) + "a == 1" + ")".repeat(255);
    String negations = "not (".repeat(127) + "a == 1" + ")".repeat(127);
    List<Throwable> failures = new java.util.concurrent.CopyOnWriteArrayList<>();
    Thread small =
        new Thread(
            null,
            () -> {
              FilterCompiler.compile(deep, Map.of(), STATIC);
              FilterCompiler.compile(negations, Map.of(), STATIC);
            },
            "small stack",
            512 << 10);
    small.setUncaughtExceptionHandler((thread, failure) -> failures.add(failure));
    small.start();
    small.join(30_000);
    assertThat(failures).isEmpty();
    assertThat(small.isAlive()).isFalse();
  }

  @Test
  void takesLongChains() {
    String[] terms = new String[20_000];
    Arrays.setAll(terms, i -> "a == " + i);
    assertThat(FilterCompiler.compile(String.join(" or ", terms), Map.of(), STATIC).fieldIds())
        .containsExactly(103L);
    assertThat(FilterCompiler.compile(String.join(" and ", terms), Map.of(), STATIC).fieldIds())
        .containsExactly(103L);
  }

  @Test
  void boundsLengthAndTokens() {
    String longText = "s == '" + "x".repeat(4 << 20) + "'";
    assertThatThrownBy(() -> FilterCompiler.compile(longText, Map.of(), STATIC))
        .isInstanceOf(FilterException.class)
        .hasMessageContaining("expression is too long");
    String manyTokens = "a in [" + "1,".repeat(300_000) + "]";
    assertThatThrownBy(() -> FilterCompiler.compile(manyTokens, Map.of(), STATIC))
        .isInstanceOf(FilterException.class)
        .hasMessageContaining("too many tokens")
        .satisfies(failure -> assertThat(failure.getMessage()).hasSizeLessThan(3000));
  }
}
