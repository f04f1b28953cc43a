package dev.sagitta.coordinator.cluster;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import java.io.IOException;
import java.util.concurrent.Callable;

/** A call on its way: the service's name and the request; gives an encoded {@link CallReply}. */
public final class CallTask
    implements Callable<byte[]>, IdentifiedDataSerializable, HazelcastInstanceAware {
  static final int FACTORY_ID = 7301;
  static final int CLASS_ID = 1;
  static final String SERVICES = "sagitta.services";

  private String service;
  private byte[] request;
  private transient HazelcastInstance instance;

  /** For deserialization. */
  CallTask() {}

  CallTask(String service, byte[] request) {
    this.service = service;
    this.request = request;
  }

  @Override
  public void setHazelcastInstance(HazelcastInstance hazelcastInstance) {
    instance = hazelcastInstance;
  }

  @Override
  public byte[] call() {
    CallServices services = (CallServices) instance.getUserContext().get(SERVICES);
    return services.answer(service, request);
  }

  @Override
  public int getFactoryId() {
    return FACTORY_ID;
  }

  @Override
  public int getClassId() {
    return CLASS_ID;
  }

  @Override
  public void writeData(ObjectDataOutput out) throws IOException {
    out.writeString(service);
    out.writeByteArray(request);
  }

  @Override
  public void readData(ObjectDataInput in) throws IOException {
    service = in.readString();
    request = in.readByteArray();
  }
}
