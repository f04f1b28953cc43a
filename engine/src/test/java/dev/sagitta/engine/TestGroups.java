package dev.sagitta.engine;

/** Groups of tests that the build runs in their own way. */
public final class TestGroups {
  /**
   * Tests that count the bytes that compiled code leaves on the heap. They run class by class in
   * new processes, as the database does its work: in one that has run all other tests the compiler
   * has seen vectors of every width, and now and then gives up keeping some in registers. A class
   * with such tests has to be named in the engine's pom.
   */
  public static final String ALLOCATION = "allocation";

  private TestGroups() {}
}
