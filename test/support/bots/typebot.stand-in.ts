import { randomUUID } from 'node:crypto';
import { sendJson } from '../stand-in';
import { answering, BEARER, Listener, Refused, required, type StandInBot } from './stand-in-bot';

/** A published bot whose flow begins with a question, and asks a further one after each answer. */
export function typebotStandIn(): StandInBot {
  const listener = new Listener();
  return {
    preset: 'typebot',
    documentation: 'https://docs.typebot.io/api-reference/chat/start-chat',
    path: '/api/v1/typebots/salon-x1/startChat',
    variables: {},
    wantsKey: true,
    answer: answering(
      BEARER,
      (status, message) => ({ message, code: status === 404 ? 'NOT_FOUND' : 'BAD_REQUEST' }),
      ({ path, body }, response) => {
        const { type, text } = body.message as { type: string; text: string };
        if (type !== 'text' || body.textBubbleContentFormat !== 'markdown')
          throw new Refused(400, 'Input validation failed');
        const [, continued] = /^\/api\/v1\/sessions\/([^/]+)\/continueChat$/.exec(path) ?? [];
        const isStart = path === '/api/v1/typebots/salon-x1/startChat';
        if (!isStart && (continued === undefined || !listener.knows(continued)))
          throw new Refused(404, 'Session not found.');
        const sessionId = continued ?? randomUUID();
        const markdown = listener.says(sessionId, required(text, 'text'));
        sendJson(response, 200, {
          ...(isStart && {
            sessionId,
            resultId: randomUUID(),
            typebot: { id: 'salon', theme: {}, settings: {} },
          }),
          messages: [{ id: randomUUID(), type: 'text', content: { type: 'markdown', markdown } }],
          input: { id: randomUUID(), type: 'text input', options: {} },
          clientSideActions: [],
        });
      },
    ),
    forget: () => listener.forget(),
    oddAnswer: '{"version":"3.9.0"}',
  };
}
