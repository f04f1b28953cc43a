/** Records of the write-ahead log: rows and deletes of one request for one shard, columnar. */
package dev.sagitta.engine.log;
