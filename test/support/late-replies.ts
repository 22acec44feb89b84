import type { MergedMessage } from '@app/contracts';
import type { BotStage } from './bot-stage';
import { eventually } from './eventually';
import { type Answer, postJson } from './http';
import type { Heard } from './stand-in';

/** What a bot that answers later needs of the settings: the address is one that only a proxy would know. */
export const PROMISING = {
  ADMIN_API_KEY: 'the-admin-key',
  PUBLIC_URL: 'https://rapid-fire.example/messages',
};

export const textOf = ({ body }: Heard): string => (JSON.parse(body) as { text: string }).text;
export const batchIn = ({ body }: Heard): string => (JSON.parse(body) as MergedMessage).batchId;

/** Posts to the address that a call had, by the way that leads to this webhook here. */
export function replyTo({ webhook }: BotStage, { headers }: Heard, body: object): Promise<Answer> {
  const given = String(headers['reply-url']);
  if (!given.startsWith(`${PROMISING.PUBLIC_URL}/replies/b-`))
    throw new Error(`not an address of ours: ${given}`);
  return postJson(given.replace(PROMISING.PUBLIC_URL, webhook.url), body);
}

/** The status, and the outcome or the reason. */
export async function outcomeOf(answer: Promise<Answer>): Promise<[number, unknown]> {
  const { status, body } = await answer;
  return [status, body.outcome ?? body.reason];
}

/** The call of the bot with a customer's message, once its batch waits on the queue for the reply. */
export async function promisedReply(stage: BotStage, phone: string, text: string): Promise<Heard> {
  await stage.write(phone, text);
  const call = await eventually(
    'the call',
    () => Promise.resolve(stage.bot.heard.find(({ body }) => body.includes(phone) && body.includes(text))),
    Boolean,
  );
  await eventually(
    'the promise noted',
    async () => (await stage.queue.getDelayed()).filter(({ id }) => call && id === batchIn(call)),
    (jobs) => jobs.some(({ progress }) => JSON.stringify(progress).includes('"promisedAtMs":1')),
  );
  return call as Heard;
}
