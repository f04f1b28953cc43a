/** What operators and joining nodes ask: who is in the cluster, and how to join it. */
package dev.sagitta.rest.management;
