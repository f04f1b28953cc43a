package dev.sagitta.engine.error;

/** Codes that clients see: Milvus's numbers, and whether a client may simply try again. */
public enum ErrorCode {
  SERVICE_NOT_READY(1, true),
  SERVICE_UNAVAILABLE(2, true),
  MEMORY_LIMIT_EXCEEDED(3, false),
  REQUEST_LIMIT_EXCEEDED(4, true),
  INTERNAL(5, false),
  DISK_LIMIT_EXCEEDED(7, false),
  RATE_LIMIT(8, true),
  QUOTA_EXCEEDED(9, false),
  COLLECTION_NOT_FOUND(100, false),
  COLLECTION_NOT_LOADED(101, false),
  COLLECTION_LIMIT_EXCEEDED(102, false),
  COLLECTION_NOT_FULLY_LOADED(103, true),
  COLLECTION_LOADED(104, false),
  ILLEGAL_SCHEMA(105, false),
  VECTOR_CLUSTERING_KEY_NOT_ALLOWED(107, false),
  PARTITION_NOT_FOUND(200, false),
  PARTITION_NOT_LOADED(201, false),
  GENERAL_CAPACITY_EXCEEDED(250, false),
  CHANNEL_NOT_AVAILABLE(503, true),
  SEGMENT_NOT_FOUND(600, false),
  SEGMENT_NOT_LOADED(601, false),
  INDEX_NOT_FOUND(700, false),
  INDEX_NOT_SUPPORTED(701, false),
  INDEX_DUPLICATE(702, false),
  DATABASE_NOT_FOUND(800, false),
  DATABASE_LIMIT_EXCEEDED(801, false),
  DATABASE_INVALID_NAME(802, false),
  STORAGE_FAILED(1001, true),
  INVALID_PARAMETER(1100, false),
  MISSING_PARAMETER(1101, false),
  PARAMETER_TOO_LARGE(1102, false),
  NOT_AUTHENTICATED(1800, false),
  ALIAS_NOT_FOUND(1600, false),
  ALIAS_COLLECTION_NAME_CONFLICT(1601, false),
  ALIAS_ALREADY_EXISTS(1602, false),
  FIELD_NOT_FOUND(1700, false),
  FIELD_INVALID_NAME(1701, false),
  REST_INVALID_JSON(1801, false),
  REST_MISSING_PARAMETER(1802, false),
  REST_INVALID_INSERT_DATA(1804, false),
  REST_INVALID_PRIMARY_KEY(1806, false),
  CANCELLED(10000, false),
  TIMEOUT(10001, true),
  UNEXPECTED(65535, false);

  private final int code;
  private final boolean retriable;

  ErrorCode(int code, boolean retriable) {
    this.code = code;
    this.retriable = retriable;
  }

  public int code() {
    return code;
  }

  public boolean retriable() {
    return retriable;
  }
}
