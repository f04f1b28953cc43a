package dev.sagitta.engine.catalog;

/** A change's precondition does not hold in the snapshot it was applied to; nothing changed. */
public final class CatalogConflictException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CatalogConflictException(String message) {
    super(message);
  }
}
