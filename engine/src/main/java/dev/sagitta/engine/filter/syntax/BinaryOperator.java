package dev.sagitta.engine.filter.syntax;

/** Operators on numbers. The bit operators parse, as in Milvus, and are refused later by name. */
public enum BinaryOperator {
  POWER("Pow"),
  MULTIPLY("Mul"),
  DIVIDE("Div"),
  MODULO("Mod"),
  ADD("Add"),
  SUBTRACT("Sub"),
  SHIFT_LEFT("ShiftLeft"),
  SHIFT_RIGHT("ShiftRight"),
  BIT_AND("BitAnd"),
  BIT_XOR("BitXor"),
  BIT_OR("BitOr");

  private final String milvusName;

  BinaryOperator(String milvusName) {
    this.milvusName = milvusName;
  }

  /** The name that error messages use. */
  public String milvusName() {
    return milvusName;
  }
}
