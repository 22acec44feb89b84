import { randomUUID } from 'node:crypto';
import { sendJson } from '../stand-in';
import { answering, BEARER, Listener, required, type StandInBot } from './stand-in-bot';

/** `POST /api/v1/prediction/<id>` of a chatflow with a memory. */
export function flowiseStandIn(): StandInBot {
  const listener = new Listener();
  return {
    preset: 'flowise',
    documentation: 'https://docs.flowiseai.com/using-flowise/prediction',
    path: '/api/v1/prediction/8a2f4c1e-salon',
    variables: {},
    wantsKey: true,
    answer: answering(
      BEARER,
      (statusCode, message) => ({ statusCode, success: false, message, stack: {} }),
      ({ body }, response) => {
        const { sessionId } = body.overrideConfig as { sessionId: string };
        const question = required(body.question, 'question');
        sendJson(response, 200, {
          text: listener.says(required(sessionId, 'sessionId'), question),
          ...{
            question,
            chatId: body.chatId,
            chatMessageId: randomUUID(),
            sessionId,
            memoryType: 'Buffer Memory',
          },
        });
      },
    ),
    forget: () => listener.forget(),
    oddAnswer: '{"text":"","chatId":"c"}',
  };
}
