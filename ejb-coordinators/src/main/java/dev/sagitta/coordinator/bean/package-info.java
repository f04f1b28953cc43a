/** The coordinators as beans of the container: start, stop, injection. */
package dev.sagitta.coordinator.bean;
