import type { RequestListener, Server } from 'node:http';
import type { INestApplication } from '@nestjs/common';
import { LastAnswers } from '../boot/last-answers';
import type { Service } from '../boot/run-service';
import { HttpMetrics } from '../metrics/http.metrics';
import type { JsonLane } from '../short-lane/json-lane';
import { boundConnections } from './connections';

/** The listeners of an application in front of Nest. */
export interface InFront {
  /** Sees every request and answers none: Express shortens a URL as it routes, and never sees what the lane takes. */
  readonly watcher?: RequestListener;
  readonly lane?: JsonLane;
}

/**
 * Puts the request listeners of a server in order, before it listens on a port, and makes the application a service
 * that can end. No other listener of requests is added.
 */
export function orderListeners(app: INestApplication, { watcher, lane }: InFront = {}): Service {
  const server = app.getHttpServer() as Server;
  const nest = server.listeners('request') as RequestListener[];
  const lastAnswers = new LastAnswers();
  const metrics = app.get(HttpMetrics, { strict: false });

  const inOrder: RequestListener[] = [
    lastAnswers.listener,
    metrics.listener,
    ...(watcher ? [watcher] : []),
    (request, response) => {
      const isShort = lane?.takes(request, response) ?? false;
      metrics.took(isShort ? 'short' : 'nest');
      if (isShort) return;
      for (const listener of nest) listener.call(server, request, response);
    },
  ];
  server.on('connection', lastAnswers.connected);
  server.removeAllListeners('request');
  for (const listener of inOrder) server.on('request', listener);
  boundConnections(server);

  return {
    close: () => {
      lastAnswers.begin();
      return app.close();
    },
  };
}
