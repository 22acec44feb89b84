import { about, type GatewaySample, sampleOf } from './support/gateway-samples';
import { SECRETS, signed } from './support/gateway-signatures';
import type { Answer } from './support/http';
import { type FoundJob, System } from './support/system';

const ENV = { ...SECRETS, BATCH_TIMEOUT: '60000', GATEWAY_COMPANIES: 'waha:default=1,evolution:salon=1' };
const CONVERSATION = '1:79001234567';

describe('a customer who changes what they have written', () => {
  let system: System;

  beforeAll(async () => {
    system = await System.start({ env: ENV });
  });
  beforeEach(() => system.redis.flushdb());
  afterAll(() => system.stop());

  function post({ gateway, path, bytes }: GatewaySample): Promise<Answer> {
    return system.send(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...signed(gateway, bytes) },
      body: new Uint8Array(bytes),
    });
  }

  const TARGET = 'AC2AB3184AC4AEB3E0527911B838398F';
  const ID = sampleOf('waha/message-text.json').expect.messageId ?? '';
  const message = sampleOf('waha/message-text.json');
  const another = about('waha/message-text.json', ID, 'ANOTHER');
  const edited = about('waha/edited.json', TARGET, ID);
  const unreadable = about('waha/edited-secret-as-message-any.json', TARGET, ID);
  const revoked = about('waha/revoked.json', TARGET, ID);

  /** The first job, with all that came before. */
  async function handedOff(): Promise<FoundJob | undefined> {
    const flushed = await system.send('/admin/batches/79001234567/flush?companyId=1', { method: 'POST' });
    expect(flushed.status).toBe(200);
    const [job] = await system.jobsOf(CONVERSATION, 1);
    return job;
  }

  async function balance(): Promise<unknown> {
    const { totals, balance } = (await system.send('/webhook/whatsapp/batched/stats')).body;
    expect(balance).toBe(0);
    return totals;
  }

  it('has the bot read the new text, in its place', async () => {
    for (const sample of [message, another]) await post(sample);
    expect((await post(edited)).body.results).toMatchObject([
      { kind: 'edit', outcome: 'edited', conversationId: CONVERSATION },
    ]);
    expect((await post(edited)).body.results).toMatchObject([{ outcome: 'duplicate' }]);
    const job = await handedOff();
    expect(job?.data.messages).toMatchObject([
      { messageId: ID, text: 'Новый текст', edited: { readable: true } },
      { messageId: 'ANOTHER', text: message.expect.text },
    ]);
    expect((await post(edited)).body.results).toMatchObject([
      { outcome: 'ignored', reason: 'after-hand-off' },
    ]);
  });

  it('has the bot read the new text where the edit came first', async () => {
    expect((await post(edited)).body.results).toMatchObject([{ outcome: 'early' }]);
    expect((await post(message)).body.results).toMatchObject([{ outcome: 'opened' }]);
    const job = await handedOff();
    expect(job?.data.text).toBe('Новый текст');
  });

  it('keeps the old text where the new one cannot be read', async () => {
    await post(message);
    expect((await post(unreadable)).body.results).toMatchObject([{ outcome: 'edited' }]);
    const job = await handedOff();
    expect(job?.data.messages).toMatchObject([{ text: message.expect.text, edited: { readable: false } }]);
  });

  it('is not answered for what they took back', async () => {
    for (const sample of [message, another]) await post(sample);
    expect((await post(revoked)).body.results).toMatchObject([{ kind: 'revoke', outcome: 'revoked' }]);
    const job = await handedOff();
    expect(job?.data.messages).toMatchObject([{ messageId: 'ANOTHER' }]);
    await system.nothingPending();
    expect(await balance()).toMatchObject({ accepted: 2, delivered: 1, revoked: 1 });
  });

  it('makes no job where nothing is left', async () => {
    await post(message);
    await post(revoked);
    expect(await system.redis.exists(`rapid-fire:${CONVERSATION}`)).toBe(0);
    expect((await post(message)).body.results).toMatchObject([{ outcome: 'duplicate' }]);
    expect(await balance()).toMatchObject({ accepted: 1, revoked: 1, delivered: 0 });
  });

  it('is not answered where the taking back came first', async () => {
    await post(revoked);
    expect((await post(message)).body.results).toMatchObject([{ outcome: 'ignored', reason: 'revoked' }]);
    expect((await post(message)).body.results).toMatchObject([{ outcome: 'duplicate' }]);
    expect(await balance()).toMatchObject({ accepted: 1, revoked: 1, duplicates: 1 });
  });
});
