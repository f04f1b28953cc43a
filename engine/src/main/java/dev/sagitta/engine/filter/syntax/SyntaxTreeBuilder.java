package dev.sagitta.engine.filter.syntax;

import dev.sagitta.engine.filter.grammar.FilterExpressionParser;
import dev.sagitta.engine.filter.grammar.FilterExpressionParser.ArgumentContext;
import dev.sagitta.engine.filter.grammar.FilterExpressionParser.BinaryContext;
import dev.sagitta.engine.filter.grammar.FilterExpressionParser.CallContext;
import dev.sagitta.engine.filter.grammar.FilterExpressionParser.ComparisonContext;
import dev.sagitta.engine.filter.grammar.FilterExpressionParser.ExistsTestContext;
import dev.sagitta.engine.filter.grammar.FilterExpressionParser.ExpressionContext;
import dev.sagitta.engine.filter.grammar.FilterExpressionParser.InTestContext;
import dev.sagitta.engine.filter.grammar.FilterExpressionParser.IntervalStepContext;
import dev.sagitta.engine.filter.grammar.FilterExpressionParser.LikeTestContext;
import dev.sagitta.engine.filter.grammar.FilterExpressionParser.ListValueContext;
import dev.sagitta.engine.filter.grammar.FilterExpressionParser.LiteralContext;
import dev.sagitta.engine.filter.grammar.FilterExpressionParser.LiteralListValueContext;
import dev.sagitta.engine.filter.grammar.FilterExpressionParser.LiteralValueContext;
import dev.sagitta.engine.filter.grammar.FilterExpressionParser.LogicalContext;
import dev.sagitta.engine.filter.grammar.FilterExpressionParser.ParenthesizedContext;
import dev.sagitta.engine.filter.grammar.FilterExpressionParser.PathContext;
import dev.sagitta.engine.filter.grammar.FilterExpressionParser.PathValueContext;
import dev.sagitta.engine.filter.grammar.FilterExpressionParser.TemplateContext;
import dev.sagitta.engine.filter.grammar.FilterExpressionParser.TemplateValueContext;
import dev.sagitta.engine.filter.grammar.FilterExpressionParser.TimestampValueContext;
import dev.sagitta.engine.filter.grammar.FilterExpressionParser.UnaryContext;
import dev.sagitta.engine.schema.StructSchema;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;

/**
 * Turns ANTLR's parse tree into the syntax tree. The parse tree leans left: a chain of a thousand
 * {@code or}s is a thousand nodes deep, so chains are walked in loops and become one flat node;
 * chains of other operators cannot be flat and count as nesting.
 */
final class SyntaxTreeBuilder {
  private int depth;

  Expression build(ExpressionContext context) {
    depth++;
    if (depth > 2 * LimitedTokenSource.MAXIMUM_DEPTH) {
      throw new InvalidExpressionException(
          "expression is nested too deeply: maximum=" + LimitedTokenSource.MAXIMUM_DEPTH);
    }
    Expression expression =
        switch (context) {
          case ParenthesizedContext parenthesized -> build(parenthesized.expression());
          case LiteralValueContext literal -> buildLiteral(literal.literal(), false);
          case ListValueContext list -> new Expression.ListLiteral(buildAll(list.expression()));
          case LiteralListValueContext list ->
              new Expression.ConstantList(
                  ((LiteralListToken) list.LiteralList().getSymbol()).values());
          case TemplateValueContext template -> buildTemplate(template.template());
          case TimestampValueContext timestamp -> buildTimestamp(timestamp);
          case IntervalStepContext step ->
              new Expression.IntervalStep(
                  build(step.expression()),
                  step.Minus() != null,
                  Literals.string(step.StringLiteral().getText()));
          case CallContext call -> buildCall(call);
          case PathValueContext path -> buildPathValue(path);
          case ExistsTestContext exists -> new Expression.Exists(build(exists.expression()));
          case LikeTestContext like -> buildLike(like);
          case UnaryContext unary -> buildUnary(unary);
          case BinaryContext binary ->
              new Expression.Binary(
                  binaryOperator(terminal(binary, 1)),
                  build(binary.expression(0)),
                  build(binary.expression(1)));
          case InTestContext in ->
              new Expression.In(build(in.expression(0)), build(in.expression(1)), in.Not() != null);
          case ComparisonContext comparison -> buildComparison(comparison);
          case LogicalContext logical -> buildLogical(logical);
          default -> throw new IllegalStateException("unknown node: " + context.getClass());
        };
    depth--;
    return expression;
  }

  private List<Expression> buildAll(List<ExpressionContext> contexts) {
    List<Expression> expressions = new ArrayList<>(contexts.size());
    for (ExpressionContext context : contexts) {
      expressions.add(build(context));
    }
    return expressions;
  }

  private static Expression.Literal buildLiteral(LiteralContext context, boolean negative) {
    String text = context.getText();
    Object value =
        switch (((TerminalNode) context.getChild(0)).getSymbol().getType()) {
          case FilterExpressionParser.IntegerLiteral -> Literals.integer(text, negative);
          case FilterExpressionParser.FloatingPointLiteral ->
              negative ? -Literals.floatingPoint(text) : Literals.floatingPoint(text);
          case FilterExpressionParser.True -> true;
          case FilterExpressionParser.False -> false;
          default -> Literals.string(text);
        };
    return new Expression.Literal(value);
  }

  private static Expression.Template buildTemplate(TemplateContext context) {
    return new Expression.Template(context.Identifier().getText());
  }

  private static Expression buildTimestamp(TimestampValueContext context) {
    return new Expression.Timestamp(
        context.template() != null
            ? buildTemplate(context.template())
            : new Expression.Literal(Literals.string(context.StringLiteral().getText())));
  }

  private Expression buildCall(CallContext context) {
    List<Expression.Argument> arguments = new ArrayList<>();
    for (ArgumentContext argument : context.argument()) {
      Optional<String> label = Optional.ofNullable(argument.Identifier()).map(ParseTree::getText);
      arguments.add(new Expression.Argument(label, build(argument.expression())));
    }
    return new Expression.Call(context.name().getText(), arguments);
  }

  private static Expression buildPathValue(PathValueContext context) {
    Expression.Path path = buildPath(context.path());
    if (context.IsNull() != null) {
      return new Expression.NullTest(path, false);
    }
    return context.IsNotNull() != null ? new Expression.NullTest(path, true) : path;
  }

  private static Expression.Path buildPath(PathContext context) {
    List<PathStep> steps = new ArrayList<>();
    for (int i = 1; i < context.getChildCount(); i++) {
      TerminalNode node = (TerminalNode) context.getChild(i);
      if (node.getSymbol().getType() == FilterExpressionParser.StringLiteral) {
        steps.add(new PathStep.Key(Literals.string(node.getText())));
      } else if (node.getSymbol().getType() == FilterExpressionParser.IntegerLiteral) {
        steps.add(new PathStep.Index(arrayIndex(node.getText())));
      }
    }
    String name = context.name().getText();
    return new Expression.Path(
        context.subField == null ? name : StructSchema.fieldName(name, context.subField.getText()),
        steps);
  }

  private static int arrayIndex(String text) {
    long index = Literals.integer(text, false);
    if (index > Integer.MAX_VALUE) {
      throw new InvalidExpressionException("array index is out of range: index=" + text);
    }
    return (int) index;
  }

  private Expression buildLike(LikeTestContext context) {
    Expression pattern =
        context.template() != null
            ? buildTemplate(context.template())
            : buildLiteral(context.literal(), false);
    return new Expression.Like(build(context.expression()), pattern);
  }

  private Expression buildUnary(UnaryContext context) {
    int operator = terminal(context, 0);
    if (operator == FilterExpressionParser.Not) {
      return new Expression.Not(build(context.expression()));
    }
    boolean minus = operator == FilterExpressionParser.Minus;
    if (minus
        && context.expression() instanceof LiteralValueContext literal
        && isNumber(literal.literal())) {
      return buildLiteral(literal.literal(), true);
    }
    return new Expression.Unary(
        minus
            ? UnaryOperator.MINUS
            : operator == FilterExpressionParser.Plus ? UnaryOperator.PLUS : UnaryOperator.BIT_NOT,
        build(context.expression()));
  }

  private static boolean isNumber(LiteralContext context) {
    return context.IntegerLiteral() != null || context.FloatingPointLiteral() != null;
  }

  /** {@code a < b < c} leans left; both steps relational and without parentheses make a range. */
  private Expression buildComparison(ComparisonContext context) {
    ComparisonOperator operator = comparisonOperator(terminal(context, 1));
    if (!operator.isEquality()
        && context.expression(0) instanceof ComparisonContext inner
        && !comparisonOperator(terminal(inner, 1)).isEquality()) {
      ComparisonOperator firstOperator = comparisonOperator(terminal(inner, 1));
      if (firstOperator.isLess() != operator.isLess()) {
        throw new InvalidExpressionException(
            "invalid range operation: operators point in different directions: first="
                + firstOperator.symbol()
                + " last="
                + operator.symbol());
      }
      return new Expression.Range(
          build(inner.expression(0)),
          firstOperator,
          build(inner.expression(1)),
          operator,
          build(context.expression(1)));
    }
    return new Expression.Comparison(
        operator, build(context.expression(0)), build(context.expression(1)));
  }

  private Expression buildLogical(LogicalContext context) {
    boolean and = context.And() != null;
    Deque<Expression> operands = new ArrayDeque<>();
    ExpressionContext left = context;
    while (left instanceof LogicalContext chain && (chain.And() != null) == and) {
      operands.addFirst(build(chain.expression(1)));
      left = chain.expression(0);
    }
    operands.addFirst(build(left));
    List<Expression> inOrder = List.copyOf(operands);
    return and ? new Expression.And(inOrder) : new Expression.Or(inOrder);
  }

  private static int terminal(ExpressionContext context, int child) {
    return ((TerminalNode) context.getChild(child)).getSymbol().getType();
  }

  private static ComparisonOperator comparisonOperator(int token) {
    return switch (token) {
      case FilterExpressionParser.Equal -> ComparisonOperator.EQUAL;
      case FilterExpressionParser.NotEqual -> ComparisonOperator.NOT_EQUAL;
      case FilterExpressionParser.Less -> ComparisonOperator.LESS;
      case FilterExpressionParser.LessOrEqual -> ComparisonOperator.LESS_OR_EQUAL;
      case FilterExpressionParser.Greater -> ComparisonOperator.GREATER;
      default -> ComparisonOperator.GREATER_OR_EQUAL;
    };
  }

  private static BinaryOperator binaryOperator(int token) {
    return switch (token) {
      case FilterExpressionParser.Power -> BinaryOperator.POWER;
      case FilterExpressionParser.Star -> BinaryOperator.MULTIPLY;
      case FilterExpressionParser.Slash -> BinaryOperator.DIVIDE;
      case FilterExpressionParser.Percent -> BinaryOperator.MODULO;
      case FilterExpressionParser.Plus -> BinaryOperator.ADD;
      case FilterExpressionParser.Minus -> BinaryOperator.SUBTRACT;
      case FilterExpressionParser.ShiftLeft -> BinaryOperator.SHIFT_LEFT;
      case FilterExpressionParser.ShiftRight -> BinaryOperator.SHIFT_RIGHT;
      case FilterExpressionParser.Ampersand -> BinaryOperator.BIT_AND;
      case FilterExpressionParser.Caret -> BinaryOperator.BIT_XOR;
      default -> BinaryOperator.BIT_OR;
    };
  }
}
