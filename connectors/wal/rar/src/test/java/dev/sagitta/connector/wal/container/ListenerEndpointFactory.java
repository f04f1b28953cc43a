package dev.sagitta.connector.wal.container;

import dev.sagitta.connector.wal.WalDelivery;
import dev.sagitta.connector.wal.WalListener;
import dev.sagitta.connector.wal.WalRecord;
import jakarta.resource.spi.UnavailableException;
import jakarta.resource.spi.endpoint.MessageEndpoint;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.transaction.xa.XAResource;

/** Endpoints that all pass what they get to one listener, which must bear several threads. */
public final class ListenerEndpointFactory implements MessageEndpointFactory {
  private final WalListener listener;
  private final AtomicInteger refusals;
  private final AtomicInteger open = new AtomicInteger();

  public ListenerEndpointFactory(WalListener listener) {
    this(listener, 0);
  }

  /**
   * @param refusals how many times the application is not ready yet
   */
  public ListenerEndpointFactory(WalListener listener, int refusals) {
    this.listener = listener;
    this.refusals = new AtomicInteger(refusals);
  }

  /** Endpoints created and not released. */
  public int openEndpoints() {
    return open.get();
  }

  @Override
  public MessageEndpoint createEndpoint(XAResource xaResource) throws UnavailableException {
    if (refusals.getAndDecrement() > 0) {
      throw new UnavailableException("the application is not up");
    }
    open.incrementAndGet();
    return new ListenerEndpoint(listener, open);
  }

  @Override
  public MessageEndpoint createEndpoint(XAResource xaResource, long timeout)
      throws UnavailableException {
    return createEndpoint(xaResource);
  }

  @Override
  public boolean isDeliveryTransacted(Method method) {
    return false;
  }

  @Override
  public String getActivationName() {
    return "test";
  }

  @Override
  public Class<?> getEndpointClass() {
    return WalListener.class;
  }

  private record ListenerEndpoint(WalListener listener, AtomicInteger open)
      implements MessageEndpoint, WalListener {
    @Override
    public void onRecords(List<WalRecord> batch, WalDelivery delivery) {
      listener.onRecords(batch, delivery);
    }

    @Override
    public void onSessionEnded(WalDelivery delivery) {
      listener.onSessionEnded(delivery);
    }

    @Override
    public void beforeDelivery(Method method) {}

    @Override
    public void afterDelivery() {}

    @Override
    public void release() {
      open.decrementAndGet();
    }
  }
}
