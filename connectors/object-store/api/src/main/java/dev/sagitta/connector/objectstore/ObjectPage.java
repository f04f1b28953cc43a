package dev.sagitta.connector.objectstore;

import java.util.List;

/** A page of a listing; {@code more} tells whether to ask again after the last key. */
public record ObjectPage(List<ObjectAttributes> objects, boolean more) {
  public ObjectPage {
    objects = List.copyOf(objects);
  }
}
