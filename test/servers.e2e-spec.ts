import { BotStage } from './support/bot-stage';
import { eventually } from './support/eventually';
import { SERVERS } from './support/other-servers';

const PHONE = '79001234567';

for (const { name, variable, binary } of SERVERS) {
  const where = binary === null ? `no server of this kind here: ${variable} names one` : binary;
  (binary === null ? describe.skip : describe)(`${name} (${where})`, () => {
    let stage: BotStage;

    beforeAll(async () => {
      stage = await BotStage.start({ REDIS_COMMAND_TIMEOUT: '2000' }, { binary: binary ?? '' });
    });
    afterAll(() => stage.stop());
    afterEach(async () => {
      stage.bot.heard.length = 0;
      await stage.client.flushall();
    });

    it('carries a message from the gateway to the bot', async () => {
      await stage.write(PHONE, 'hello');
      expect((await stage.bot.hears(1))[0]?.body).toContain('hello');
    });

    it.each<[string, () => Promise<unknown>, () => Promise<unknown>]>([
      [
        'is full',
        () => stage.client.config('SET', 'maxmemory', '1'),
        () => stage.client.config('SET', 'maxmemory', '0'),
      ],
      [
        'is a replica of nobody',
        () => stage.client.replicaof('127.0.0.1', '1'),
        () => stage.client.replicaof('NO', 'ONE'),
      ],
      [
        'does not allow scripts any more',
        () => stage.client.call('ACL', 'SETUSER', 'default', '-evalsha', '-eval'),
        () => stage.client.call('ACL', 'SETUSER', 'default', '+evalsha', '+eval'),
      ],
    ])('answers 503 with Retry-After while it %s, and delivers afterwards', async (_, begin, end) => {
      await begin();
      const answer = await stage.customers.message(PHONE, 'refused', { messageId: 'm-1' });
      await end();

      expect(answer).toMatchObject({ status: 503, type: 'application/problem+json' });
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      await eventually(
        'the same message to be stored',
        () => stage.customers.message(PHONE, 'refused', { messageId: 'm-1' }),
        ({ status }) => status === 200,
      );
      expect((await stage.bot.hears(1))[0]?.body).toContain('refused');
      expect(stage.output).not.toContain('Unforeseen error');
    });
  });
}
