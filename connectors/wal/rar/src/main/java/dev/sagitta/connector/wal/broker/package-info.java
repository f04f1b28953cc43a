/**
 * The Artemis broker below the log: started in this process, or reached over the network.
 *
 * <p>A broker elsewhere must have, before the first append: the durable anycast queues {@code
 * sagitta-dml_0} and so on, as many as {@code sagitta.wal.pchannels} says, and {@code
 * sagitta-index-builds}, each on an address of the same name; and for these addresses the settings
 * {@code address-full-policy=FAIL} with {@code max-size-bytes} well above {@code
 * sagitta.wal.admission-bytes}, {@code max-delivery-attempts=-1}, {@code redelivery-delay=0}, and
 * no automatic deletion. An address that pages silently stops delivering to consumers that
 * acknowledge late. The journal's buffer should be larger than 6 MiB, the largest record. The user
 * needs to send, to consume, and to manage (for the backlog).
 */
package dev.sagitta.connector.wal.broker;
