/** A node's segments: who holds them, how they are searched, loaded and found. */
package dev.sagitta.query;
