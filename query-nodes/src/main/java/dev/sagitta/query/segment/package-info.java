/**
 * This node's vchannels and their segments: growing ones that the data worker feeds, sealed ones
 * that were loaded, and the handover from one to the other.
 */
package dev.sagitta.query.segment;
