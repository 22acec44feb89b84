import { sendJson } from '../stand-in';
import { answering, BEARER, KEY, Listener, Refused, required, type StandInBot } from './stand-in-bot';

/** A bot of one's own, which knows the contract. */
export function ownStandIn(): StandInBot {
  const listener = new Listener();
  return {
    preset: 'rapid-fire',
    documentation: 'docs/bot.md',
    path: '/bot',
    variables: {},
    wantsKey: true,
    answer: answering(
      BEARER,
      (_, error) => ({ error }),
      ({ body }, response) => {
        const conversation = required(body.conversationId, 'conversationId');
        sendJson(response, 200, { reply: listener.says(conversation, required(body.text, 'text')) });
      },
    ),
    forget: () => listener.forget(),
    oddAnswer: '{"message":"received"}',
  };
}

/** A bot that nobody knows: a form of its own, with a thread that it wants to be told again. */
export function unknownStandIn(): StandInBot {
  const listener = new Listener();
  return {
    preset: 'rapid-fire',
    documentation: 'docs/bots/README.md',
    path: '/ask',
    variables: {
      BOT_HEADERS: '{"x-token": $key}',
      BOT_BODY: '{"question": text, "user": conversationId, "thread": $state.id}',
      BOT_REPLY: 'answers.words',
      BOT_STATE: '{"id": thread}',
    },
    wantsKey: true,
    answer: answering(
      { name: 'x-token', value: KEY },
      (_, problem) => ({ problem }),
      ({ body }, response) => {
        const thread = body.thread ?? required(body.user, 'user');
        if (typeof thread !== 'string') throw new Refused(422, 'thread is no text');
        const words = listener.says(thread, required(body.question, 'question'));
        sendJson(response, 200, { answers: [{ words }], thread });
      },
    ),
    forget: () => listener.forget(),
    oddAnswer: '{"questions":[]}',
  };
}
