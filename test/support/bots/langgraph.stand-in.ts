import { randomUUID } from 'node:crypto';
import { answering, KEY, Listener, Refused, required, type StandInBot } from './stand-in-bot';

const UUID = /^\/threads\/([\da-f]{8}-[\da-f]{4}-[1-8][\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12})\/runs\/wait$/;

/** `POST /threads/<id>/runs/wait`: newlines while it works, then the state of the thread. */
export function langgraphStandIn(): StandInBot {
  const listener = new Listener();
  return {
    preset: 'langgraph',
    documentation:
      'https://docs.langchain.com/langsmith/agent-server-api/thread-runs/create-run-wait-for-output',
    path: '/',
    variables: {},
    wantsKey: true,
    answer: answering(
      { name: 'x-api-key', value: KEY },
      (_, detail) => ({ detail }),
      ({ path, body }, response) => {
        const [, thread] = UUID.exec(path) ?? [];
        if (thread === undefined) throw new Refused(422, 'Invalid thread ID: must be a UUID');
        if (body.if_not_exists !== 'create') throw new Refused(404, 'Thread not found');
        required(body.assistant_id, 'assistant_id');
        const { messages } = body.input as { messages: { role: string; content: string }[] };
        const content = required(messages.at(-1)?.content, 'content');
        const state = {
          messages: [
            { type: 'human', id: randomUUID(), content: 'what was said before' },
            { type: 'ai', id: randomUUID(), content: 'and answered' },
            { type: 'human', id: randomUUID(), content },
            {
              type: 'ai',
              id: randomUUID(),
              content: '',
              tool_calls: [{ name: 'count', args: {}, id: 'c-1' }],
            },
            { type: 'tool', id: randomUUID(), content: '1', tool_call_id: 'c-1' },
            {
              type: 'ai',
              id: randomUUID(),
              content: [{ type: 'text', text: listener.says(thread, content) }],
            },
          ],
        };
        response.writeHead(200, { 'content-type': 'application/json' });
        response.write('\n');
        response.end(`\n${JSON.stringify(state)}`);
      },
    ),
    forget: () => listener.forget(),
    oddAnswer: '{"messages":[{"type":"human","content":"hello"}]}',
  };
}
