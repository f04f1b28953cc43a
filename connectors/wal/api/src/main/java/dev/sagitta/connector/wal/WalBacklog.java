package dev.sagitta.connector.wal;

/** What waits in the log: records and bytes not yet acknowledged. */
public record WalBacklog(long records, long bytes) {}
