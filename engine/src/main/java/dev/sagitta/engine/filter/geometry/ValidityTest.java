package dev.sagitta.engine.filter.geometry;

import dev.sagitta.engine.geometry.Bounds;
import dev.sagitta.engine.geometry.WellKnownText;
import java.util.Optional;

/** Whether a geometry is valid in the sense of the OGC's simple features. */
public record ValidityTest() implements GeometryTest {
  @Override
  public Matcher open() {
    return wkb -> WellKnownText.fromBinary(wkb).isValid();
  }

  @Override
  public Optional<Bounds> bounds() {
    return Optional.empty();
  }
}
