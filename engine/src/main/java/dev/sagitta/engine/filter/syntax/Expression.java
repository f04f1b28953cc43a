package dev.sagitta.engine.filter.syntax;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/** Node of the syntax tree of a filter: what was written, names unresolved, nothing evaluated. */
public sealed interface Expression {

  /**
   * A constant.
   *
   * @param value Boolean, Long, Double or String
   */
  record Literal(Object value) implements Expression {
    public Literal {
      requireNonNull(value, "value is null");
    }
  }

  /** {@code [a, b, c]}. */
  record ListLiteral(List<Expression> elements) implements Expression {
    public ListLiteral {
      elements = List.copyOf(elements);
    }
  }

  /**
   * {@code [1, 2, 3]}: a list of literals only.
   *
   * @param values each a Boolean, Long, Double or String
   */
  record ConstantList(List<?> values) implements Expression {
    public ConstantList {
      requireNonNull(values, "values is null");
    }
  }

  /** {@code ISO "2025-01-02T03:04:05Z"}; the text is a literal or a template. */
  record Timestamp(Expression text) implements Expression {
    public Timestamp {
      requireNonNull(text, "text is null");
    }
  }

  /** {@code operand + INTERVAL "P1D"}, {@code operand - INTERVAL "P1D"}. */
  record IntervalStep(Expression operand, boolean subtracted, String interval)
      implements Expression {
    public IntervalStep {
      requireNonNull(operand, "operand is null");
      requireNonNull(interval, "interval is null");
    }
  }

  /** {@code {name}}: a constant that comes with the request. */
  record Template(String name) implements Expression {
    public Template {
      requireNonNull(name, "name is null");
    }
  }

  /**
   * {@code name}, {@code name["key"][3]}, {@code struct[field][3]}: a field, an element of it, or a
   * dynamic key. A struct's field is in the name.
   */
  record Path(String name, List<PathStep> steps) implements Expression {
    public Path {
      requireNonNull(name, "name is null");
      steps = List.copyOf(steps);
    }
  }

  /** {@code -x}, {@code +x}, {@code ~x}. */
  record Unary(UnaryOperator operator, Expression operand) implements Expression {
    public Unary {
      requireNonNull(operator, "operator is null");
      requireNonNull(operand, "operand is null");
    }
  }

  /** Arithmetic, shifts and bit operations. */
  record Binary(BinaryOperator operator, Expression left, Expression right) implements Expression {
    public Binary {
      requireNonNull(operator, "operator is null");
      requireNonNull(left, "left is null");
      requireNonNull(right, "right is null");
    }
  }

  /** {@code left < right} and the like. */
  record Comparison(ComparisonOperator operator, Expression left, Expression right)
      implements Expression {
    public Comparison {
      requireNonNull(operator, "operator is null");
      requireNonNull(left, "left is null");
      requireNonNull(right, "right is null");
    }
  }

  /** {@code first < middle <= last}: both operators point the same way. */
  record Range(
      Expression first,
      ComparisonOperator firstOperator,
      Expression middle,
      ComparisonOperator lastOperator,
      Expression last)
      implements Expression {
    public Range {
      requireNonNull(first, "first is null");
      requireNonNull(firstOperator, "firstOperator is null");
      requireNonNull(middle, "middle is null");
      requireNonNull(lastOperator, "lastOperator is null");
      requireNonNull(last, "last is null");
    }
  }

  /** {@code not x}. */
  record Not(Expression operand) implements Expression {
    public Not {
      requireNonNull(operand, "operand is null");
    }
  }

  /** {@code a and b and c}; at least two operands. */
  record And(List<Expression> operands) implements Expression {
    public And {
      operands = List.copyOf(operands);
    }
  }

  /** {@code a or b or c}; at least two operands. */
  record Or(List<Expression> operands) implements Expression {
    public Or {
      operands = List.copyOf(operands);
    }
  }

  /** {@code operand in list}, {@code operand not in list}. */
  record In(Expression operand, Expression list, boolean negated) implements Expression {
    public In {
      requireNonNull(operand, "operand is null");
      requireNonNull(list, "list is null");
    }
  }

  /** {@code operand like pattern}; the pattern is a literal or a template. */
  record Like(Expression operand, Expression pattern) implements Expression {
    public Like {
      requireNonNull(operand, "operand is null");
      requireNonNull(pattern, "pattern is null");
    }
  }

  /** {@code path is null}, {@code path is not null}. */
  record NullTest(Path path, boolean negated) implements Expression {
    public NullTest {
      requireNonNull(path, "path is null");
    }
  }

  /** {@code exists operand}. */
  record Exists(Expression operand) implements Expression {
    public Exists {
      requireNonNull(operand, "operand is null");
    }
  }

  /** {@code name(argument, label=argument)}. */
  record Call(String name, List<Argument> arguments) implements Expression {
    public Call {
      requireNonNull(name, "name is null");
      arguments = List.copyOf(arguments);
    }
  }

  /**
   * One argument of a call.
   *
   * @param label the name in {@code label=value}
   */
  record Argument(Optional<String> label, Expression value) {
    public Argument {
      requireNonNull(label, "label is null");
      requireNonNull(value, "value is null");
    }
  }
}
