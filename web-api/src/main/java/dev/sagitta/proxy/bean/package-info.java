/** Starts the proxy's services with the application and gives them to whoever injects them. */
package dev.sagitta.proxy.bean;
