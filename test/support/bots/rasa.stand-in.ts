import { sendJson } from '../stand-in';
import { answering, Listener, required, type StandInBot } from './stand-in-bot';

/** The REST channel, which has no credentials. */
export function rasaStandIn(): StandInBot {
  const listener = new Listener();
  return {
    preset: 'rasa',
    documentation: 'https://rasa.com/docs/rasa/connectors/your-own-website',
    path: '/webhooks/rest/webhook',
    variables: {},
    wantsKey: false,
    answer: answering(
      null,
      (code, message) => ({ version: '3.6', status: 'failure', message, reason: 'BadRequest', code }),
      ({ body }, response) => {
        const sender = required(body.sender, 'sender');
        const text = listener.says(sender, required(body.message, 'message'));
        sendJson(response, 200, [{ recipient_id: sender, text }]);
      },
    ),
    forget: () => listener.forget(),
    oddAnswer: '[{"recipient_id":"r","custom":{"payload":"location"}}]',
  };
}
