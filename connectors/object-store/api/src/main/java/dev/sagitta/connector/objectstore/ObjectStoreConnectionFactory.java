package dev.sagitta.connector.objectstore;

import java.io.Serializable;

/** Gives pooled connections to the configured store; found in JNDI. */
public interface ObjectStoreConnectionFactory extends Serializable {
  /**
   * @throws ObjectStoreException if none is to be had within the pool's timeout
   */
  ObjectStore connect();
}
