/** The workers as the container sees them: thin message-driven beans and one start-up bean. */
package dev.sagitta.worker.bean;
