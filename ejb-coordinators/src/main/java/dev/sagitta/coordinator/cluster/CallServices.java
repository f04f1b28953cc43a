package dev.sagitta.coordinator.cluster;

import static java.lang.System.Logger.Level.ERROR;
import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** What answers calls on this node. */
final class CallServices {
  private static final System.Logger LOG = System.getLogger(CallServices.class.getName());

  private final Map<String, Function<byte[], byte[]>> handlers = new ConcurrentHashMap<>();
  private final ClassLoader classLoader;

  /**
   * @param classLoader context class loader of the handlers
   */
  CallServices(ClassLoader classLoader) {
    this.classLoader = requireNonNull(classLoader, "classLoader is null");
  }

  void register(String service, Function<byte[], byte[]> handler) {
    requireNonNull(service, "service is null");
    requireNonNull(handler, "handler is null");
    if (handlers.putIfAbsent(service, handler) != null) {
      throw new IllegalStateException("service is registered already: service=" + service);
    }
  }

  /** Answers a call of another node: everything that goes wrong is part of the reply. */
  byte[] answer(String service, byte[] request) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(classLoader);
    try {
      return CallReply.answer(handle(service, request));
    } catch (SagittaException e) {
      return CallReply.failure(e.errorCode(), e.getMessage());
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /**
   * Answers a call.
   *
   * @throws SagittaException the handler's, or code INTERNAL for any other exception
   */
  byte[] handle(String service, byte[] request) {
    Function<byte[], byte[]> handler = handlers.get(service);
    if (handler == null) {
      throw new SagittaException(
          ErrorCode.SERVICE_NOT_READY, "service is not registered yet: service=" + service);
    }
    try {
      return handler.apply(request);
    } catch (SagittaException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.log(ERROR, "call failed: service=" + service, e);
      throw new SagittaException(
          ErrorCode.INTERNAL, "call failed: service=" + service + " reason=" + e, e);
    }
  }
}
