import type { Server } from 'node:http';

// Gateways are servers: their headers come at once, and 4 MB within a minute are 70 KB a second.
const HEADERS_MS = 15_000;
const REQUEST_MS = 60_000;

/** Ends requests that do not end by themselves; Node looks for them every 30 s. */
export function endSlowRequests(server: Server): void {
  server.headersTimeout = HEADERS_MS;
  server.requestTimeout = REQUEST_MS;
}
