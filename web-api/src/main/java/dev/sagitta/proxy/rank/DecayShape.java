package dev.sagitta.proxy.rank;

import dev.sagitta.engine.error.SagittaException;
import java.util.Locale;

/** How a factor falls with the distance from an origin; each is {@code decay} at {@code scale}. */
public enum DecayShape {
  GAUSS {
    @Override
    double factor(double distance, double scale, double decay) {
      return Math.exp(distance * distance * Math.log(decay) / (scale * scale));
    }
  },
  EXP {
    @Override
    double factor(double distance, double scale, double decay) {
      return Math.exp(distance * Math.log(decay) / scale);
    }
  },
  LINEAR {
    @Override
    double factor(double distance, double scale, double decay) {
      return Math.max(decay, 1 - (1 - decay) / scale * distance);
    }
  };

  /**
   * The shape of a name that clients use.
   *
   * @throws SagittaException code 1100 for another name
   */
  public static DecayShape of(String name) {
    for (DecayShape shape : values()) {
      if (shape.name().toLowerCase(Locale.ROOT).equals(name)) {
        return shape;
      }
    }
    throw SagittaException.invalidParameter(
        "Invaild decay function: decay, only support [gauss,linear,exp]: function=" + name);
  }

  abstract double factor(double distance, double scale, double decay);
}
