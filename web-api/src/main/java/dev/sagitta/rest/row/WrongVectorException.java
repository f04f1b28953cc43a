package dev.sagitta.rest.row;

/** JSON that is no vector of the field; rows and searches each make their own error of it. */
final class WrongVectorException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What is wrong. */
  enum Fault {
    /** The JSON has another shape than vectors of the type. */
    SHAPE,
    /** A number inside the vector cannot be stored. */
    ELEMENT,
    /** The vector has another length than the field's vectors. */
    LENGTH
  }

  private final Fault fault;
  private final String expected;
  private final String actual;

  private WrongVectorException(Fault fault, String expected, String actual) {
    super(expected, null, false, false);
    this.fault = fault;
    this.expected = expected;
    this.actual = actual;
  }

  /**
   * @param expected such as "an array of numbers"
   * @param actual what the JSON has instead
   */
  static WrongVectorException shape(String expected, String actual) {
    return new WrongVectorException(Fault.SHAPE, expected, actual);
  }

  /**
   * @param expected what all elements must be, such as "finite number"
   * @param actual the element
   */
  static WrongVectorException element(String expected, String actual) {
    return new WrongVectorException(Fault.ELEMENT, expected, actual);
  }

  /**
   * @param unit Milvus's name of the elements that were counted, such as float32
   * @param expected how many there should be
   * @param actual how many there are
   */
  static WrongVectorException length(String unit, int expected, int actual) {
    return new WrongVectorException(
        Fault.LENGTH, "[]" + unit + " size " + expected, "[]" + unit + " size " + actual);
  }

  Fault fault() {
    return fault;
  }

  String expected() {
    return expected;
  }

  String actual() {
    return actual;
  }
}
