import { BotStage } from './support/bot-stage';
import { chatCompletionsStandIn } from './support/bots/openai.stand-in';
import { KEY } from './support/bots/stand-in-bot';
import { eventually } from './support/eventually';
import type { Heard } from './support/stand-in';

const PHONE = '79001234567';

const textOf = ({ body }: Heard): string => (JSON.parse(body) as { text: string }).text;
const saidIn = ({ body }: Heard): string[] =>
  (JSON.parse(body) as { messages: { role: string; content: string }[] }).messages
    .filter(({ role }) => role !== 'system')
    .map(({ content }) => content);

it('of a conversation is kept what was answered, and nothing of an answer that was superseded', async () => {
  const stage = await BotStage.start(
    { BUSY_POLICY: 'supersede', PREEMPTIVE_START: '300', BATCH_TIMEOUT: '6000' },
    { worker: false },
  );
  const { path, answer, preset, variables } = chatCompletionsStandIn();
  stage.bot.answer = answer;
  await stage.addWorker({
    BOT_URL: `${stage.bot.url}${path}`,
    BOT_PRESET: preset,
    BOT_API_KEY: KEY,
    ...variables,
  });

  await stage.write(PHONE, 'Can I book');
  await eventually(
    'an answer that waits for the end of its window',
    () => stage.queue.getDelayed(),
    (jobs) => jobs.some(({ progress }) => JSON.stringify(progress).includes('1: Can I book')),
  );
  await stage.write(PHONE, 'for tomorrow?');
  const [first] = await stage.gateway.hears(1);
  expect(first && textOf(first)).toBe('1: Can I book for tomorrow?');

  await stage.write(PHONE, 'At six');
  const [, second] = await stage.gateway.hears(2);
  expect(second && textOf(second)).toBe('2: At six');
  expect(stage.bot.heard.map(saidIn)).toEqual([
    ['Can I book'],
    ['Can I book for tomorrow?'],
    ['Can I book for tomorrow?', '1: Can I book for tomorrow?', 'At six'],
  ]);
  await stage.stop();
});
