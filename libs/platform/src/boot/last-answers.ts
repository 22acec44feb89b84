import type { Server, ServerResponse } from 'node:http';
import type { Service } from './run-service';

/** The parts of an application that are needed here. */
interface Application extends Service {
  getHttpServer(): unknown;
}

/**
 * An application that can end while its clients keep their connections busy: once it is told to close, every answer
 * is the last of its connection. A server only waits for connections to end, and a gateway never ends a busy one.
 */
export function withLastAnswers(app: Application): Service {
  const open = new Set<ServerResponse>();
  let closing = false;
  // The first listener, so that no answer is under way yet.
  (app.getHttpServer() as Server).prependListener('request', (_request, response: ServerResponse) => {
    if (closing) response.shouldKeepAlive = false;
    open.add(response);
    response.once('close', () => open.delete(response));
  });
  return {
    close: () => {
      closing = true;
      for (const response of open) response.shouldKeepAlive = false;
      return app.close();
    },
  };
}
