package dev.sagitta.connector.objectstore;

/** There is no object of this key. */
public final class ObjectNotFoundException extends ObjectStoreException {
  private static final long serialVersionUID = 1L;

  public ObjectNotFoundException(String key) {
    super("object not found: key=" + key);
  }
}
