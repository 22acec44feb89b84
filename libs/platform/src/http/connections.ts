import type { Server } from 'node:http';

// Gateways are servers: their headers come at once, and 4 MB within a minute are 70 KB a second.
const HEADERS_MS = 15_000;
const REQUEST_MS = 60_000;
/** Go's clients keep an idle connection for 90 s, proxies and load balancers for a minute. */
const IDLE_MS = 95_000;

/**
 * Bounds how long a connection may take. Requests that do not end by themselves are ended; Node looks for them every 30 s. An idle
 * connection is left to its client to close: a post that meets the end of one is lost where its gateway sends it once.
 */
export function boundConnections(server: Server): void {
  server.headersTimeout = HEADERS_MS;
  server.requestTimeout = REQUEST_MS;
  server.keepAliveTimeout = IDLE_MS;
}
