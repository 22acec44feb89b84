import { sendJson } from '../stand-in';
import { answering, BEARER, Listener, required, type StandInBot } from './stand-in-bot';

/** A Webhook node with header authentication that responds with the last node's first item, behind it an AI Agent with memory. */
export function n8nStandIn(): StandInBot {
  const listener = new Listener();
  return {
    preset: 'n8n',
    documentation: 'https://docs.n8n.io/integrations/builtin/core-nodes/n8n-nodes-base.webhook/',
    path: '/webhook/3f6e3a3e-salon',
    variables: {},
    wantsKey: true,
    answer: answering(
      BEARER,
      (status, message) => ({ code: status, message }),
      ({ body }, response) => {
        const session = required(body.sessionId, 'sessionId');
        sendJson(response, 200, { output: listener.says(session, required(body.chatInput, 'chatInput')) });
      },
    ),
    forget: () => listener.forget(),
    oddAnswer: '{"message":"Workflow was started"}',
  };
}
