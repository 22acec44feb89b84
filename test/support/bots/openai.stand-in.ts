import { randomUUID } from 'node:crypto';
import { sendJson } from '../stand-in';
import { answering, BEARER, Refused, required, type StandInBot } from './stand-in-bot';

const MODEL = 'gpt-test';
const refusal = (status: number, message: string): object => ({
  error: {
    message,
    type: 'invalid_request_error',
    param: null,
    code: status === 401 ? 'invalid_api_key' : null,
  },
});

/** `POST /v1/chat/completions`: counts what it is told was said. */
export function chatCompletionsStandIn(): StandInBot {
  return {
    preset: 'openai',
    documentation: 'https://platform.openai.com/docs/api-reference/chat/create',
    path: '/v1/chat/completions',
    variables: { BOT_MODEL: MODEL, BOT_PROMPT: 'You book haircuts.' },
    wantsKey: true,
    answer: answering(BEARER, refusal, ({ body }, response) => {
      if (body.model !== MODEL) throw new Refused(404, 'The model does not exist');
      const messages = body.messages as { role: string; content: string }[];
      if (messages[0]?.role !== 'system') throw new Refused(400, 'this model is told who it is');
      const said = messages.filter(({ role }) => role === 'user');
      sendJson(response, 200, {
        ...{ id: `chatcmpl-${randomUUID()}`, object: 'chat.completion', created: 1763700001, model: MODEL },
        choices: [
          {
            index: 0,
            message: {
              role: 'assistant',
              content: `${said.length}: ${said.at(-1)?.content ?? ''}`,
              refusal: null,
            },
            finish_reason: 'stop',
          },
        ],
        usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
      });
    }),
    forget: () => undefined,
    oddAnswer: '{"id":"chatcmpl-1","object":"chat.completion","choices":[]}',
  };
}

/** `POST /v1/responses`: keeps each answer, and what was said before it, under its id. */
export function responsesStandIn(): StandInBot {
  const kept = new Map<string, number>();
  return {
    preset: 'openai',
    documentation: 'https://platform.openai.com/docs/api-reference/responses/create',
    path: '/v1/responses',
    variables: { BOT_MODEL: MODEL, BOT_PROMPT: 'You book haircuts.' },
    wantsKey: true,
    answer: answering(BEARER, refusal, ({ body }, response) => {
      const { model, instructions, previous_response_id: previous, store } = body;
      if (model !== MODEL || instructions !== 'You book haircuts.' || store !== true)
        throw new Refused(400, 'not as this test has it');
      const before = typeof previous === 'string' ? kept.get(previous) : 0;
      if (before === undefined) {
        const message = `Previous response with id '${String(previous)}' not found.`;
        const error = { message, type: 'invalid_request_error', param: 'previous_response_id' };
        sendJson(response, 400, { error: { ...error, code: 'previous_response_not_found' } });
        return;
      }
      const id = `resp_${randomUUID()}`;
      kept.set(id, before + 1);
      const text = `${before + 1}: ${required(body.input, 'input')}`;
      sendJson(response, 200, {
        ...{ id, object: 'response', created_at: 1763700001, status: 'completed', error: null, model },
        output: [
          { type: 'reasoning', id: `rs_${randomUUID()}`, summary: [] },
          {
            ...{ type: 'message', id: `msg_${randomUUID()}`, status: 'completed', role: 'assistant' },
            content: [{ type: 'output_text', text, annotations: [] }],
          },
        ],
      });
    }),
    forget: () => kept.clear(),
    oddAnswer: '{"id":"resp_1","object":"response","status":"completed","error":null,"output":[]}',
  };
}
