package dev.sagitta.coordinator.cluster;

import com.hazelcast.nio.serialization.DataSerializableFactory;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;

/** Makes empty tasks to be read from the wire. */
final class CallTaskFactory implements DataSerializableFactory {
  @Override
  public IdentifiedDataSerializable create(int typeId) {
    if (typeId != CallTask.CLASS_ID) {
      throw new IllegalArgumentException("unknown class id: id=" + typeId);
    }
    return new CallTask();
  }
}
