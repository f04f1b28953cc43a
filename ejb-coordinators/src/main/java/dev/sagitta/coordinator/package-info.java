/** The coordinators: singletons that act only while their node leads. */
package dev.sagitta.coordinator;
