import { randomUUID } from 'node:crypto';
import { answering, BEARER, Listener, Refused, required, type StandInBot } from './stand-in-bot';

/** `POST /v1/chat-messages` in streaming mode, of an agent: thoughts, words one by one, pings. */
export const difyAgentStandIn = (): StandInBot => difyStandIn('agent_message');

/** The same of a chatbot, which has another name for its words. */
export const difyChatbotStandIn = (): StandInBot => difyStandIn('message');

function difyStandIn(event: 'agent_message' | 'message'): StandInBot {
  const listener = new Listener();
  return {
    preset: 'dify',
    documentation:
      'https://github.com/langgenius/dify/blob/main/web/app/components/develop/template/template_chat.en.mdx',
    path: '/v1/chat-messages',
    variables: {},
    wantsKey: true,
    answer: answering(
      BEARER,
      (status, message) => ({ code: status === 404 ? 'not_found' : 'invalid_param', message, status }),
      ({ body }, response) => {
        if (body.response_mode !== 'streaming')
          throw new Refused(400, 'Agent Chat App does not support blocking mode');
        required(body.user, 'user');
        const asked = body.conversation_id as string;
        if (asked !== '' && !listener.knows(asked)) throw new Refused(404, 'Conversation Not Exists.');
        const conversation = asked === '' ? randomUUID() : asked;
        const words = listener.says(conversation, required(body.query, 'query')).split(/(?<= )/);
        const ids = { conversation_id: conversation, message_id: randomUUID(), created_at: 1763700001 };
        const events = [
          ...(event === 'message' ? [] : [{ event: 'agent_thought', ...ids, thought: 'Let me count.' }]),
          ...words.map((answer) => ({ event, ...ids, answer })),
          { event: 'message_end', ...ids, metadata: { usage: {} } },
        ];
        response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
        for (const event of events) response.write(`event: ping\n\ndata: ${JSON.stringify(event)}\n\n`);
        response.end();
      },
    ),
    forget: () => listener.forget(),
    oddAnswer: '{"result":"success"}',
  };
}
