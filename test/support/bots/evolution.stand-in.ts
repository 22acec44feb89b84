import { sendJson } from '../stand-in';
import { answering, BEARER, Listener, required, type StandInBot } from './stand-in-bot';

/** A bot as Evolution API calls it. */
export function evolutionStandIn(): StandInBot {
  const listener = new Listener();
  return {
    preset: 'evolution',
    documentation: 'https://doc.evolution-api.com/v2/en/integrations/evolution-bot',
    path: '/bot',
    variables: {},
    wantsKey: true,
    answer: answering(
      BEARER,
      (_, error) => ({ error }),
      ({ body }, response) => {
        const { remoteJid } = body.inputs as { remoteJid: string };
        if (required(body.user, 'user') !== remoteJid) throw new Error('user and remoteJid differ');
        sendJson(response, 200, { message: listener.says(remoteJid, required(body.query, 'query')) });
      },
    ),
    forget: () => listener.forget(),
    oddAnswer: '{"answer":"not where Evolution looks"}',
  };
}
