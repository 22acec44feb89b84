import { sampleOf } from '../support/gateway-samples';
import { signed } from '../support/gateway-signatures';
import { GatewayStage, resultsOf } from '../support/gateway-stage';

const GROUP = '120363041234567890';
const EVERY_GATEWAY = ['waha/group-text-lid-participant.json', 'evolution/group-text.json'];
const SILENT = [
  'waha/status-broadcast.json',
  'evolution/status-broadcast.json',
  'venom/status-broadcast.json',
];

function from(author: string, id: string, companyId = 'salon'): string {
  return JSON.stringify({ from: `${GROUP}@g.us`, author: `${author}@c.us`, id, body: id, companyId });
}

describe.each(['ignore', 'per-chat', 'per-sender'] as const)('GROUP_MESSAGES=%s', (policy) => {
  let stage: GatewayStage;

  beforeAll(async () => {
    stage = await GatewayStage.start({ batcher: false, env: { GROUP_MESSAGES: policy } });
  });
  beforeEach(() => stage.forgetAll());
  afterAll(() => stage.stop());

  const idIn = (company: string, phone: string): string | null =>
    ({
      ignore: null,
      'per-chat': `${company}:wa-group:${GROUP}`,
      'per-sender': `${company}:wa-group:${GROUP}:${phone}`,
    })[policy];

  it.each(EVERY_GATEWAY)('holds for %s', async (file) => {
    const { gateway, bytes } = sampleOf(file);
    const [result] = resultsOf(await stage.postSigned(gateway, bytes));
    const [company = ''] = result?.conversationId?.split(':') ?? [];
    expect(result?.conversationId).toBe(idIn(company, '79001234567'));
    if (policy === 'ignore') {
      expect(result).toMatchObject({ outcome: 'ignored', reason: 'group' });
      return;
    }
    // The reply goes to the group, whichever member asked.
    expect(await stage.storedIn(result?.conversationId ?? '')).toMatchObject([
      { source: { chatId: `${GROUP}@g.us` }, metadata: { sender: '79001234567' } },
    ]);
  });

  it.each(['/webhook/venom', '/webhook/whatsapp/batched'])('holds for %s', async (path) => {
    const body = from('79001234567', 'm-1');
    const [result] = resultsOf(await stage.post(path, body, signed('venom', body)));
    expect(result?.conversationId).toBe(idIn('salon', '79001234567'));
  });

  it('keeps two who speak apart or together, and two companies apart always', async () => {
    for (const body of [
      from('79001234567', 'm-1'),
      from('79007654321', 'm-2'),
      from('79001234567', 'm-3', 'other'),
    ])
      await stage.postSigned('venom', body);
    const expected = [
      idIn('salon', '79001234567'),
      idIn('salon', '79007654321'),
      idIn('other', '79001234567'),
    ];
    const ids = [...new Set(expected.filter((id) => id !== null))].map((id) => `rapid-fire:${id}`);
    expect((await stage.conversations()).sort()).toEqual(ids.sort());
  });

  it.each(SILENT)('%s stays ignored', async (file) => {
    const { gateway, bytes } = sampleOf(file);
    expect(resultsOf(await stage.postSigned(gateway, bytes))).toMatchObject([
      { outcome: 'ignored', reason: 'status-post' },
    ]);
  });

  if (policy !== 'ignore') {
    it('an operator finds such a conversation by its id', async () => {
      await stage.postSigned('venom', from('79001234567', 'm-1'));
      const customer = idIn('salon', '79001234567')?.slice('salon:'.length) ?? '';
      const path = `/admin/batches/${encodeURIComponent(customer)}?companyId=salon`;
      expect(await stage.system.send(path)).toMatchObject({
        status: 200,
        body: { conversationId: idIn('salon', '79001234567') },
      });
    });
  }
});

describe('GROUP_MESSAGES=per-sender', () => {
  it('knows one who speaks by LID and by phone as one', async () => {
    const stage = await GatewayStage.start({ batcher: false, env: { GROUP_MESSAGES: 'per-sender' } });
    const message = (id: string, participantAlt?: string): string =>
      JSON.stringify({
        event: 'messages.upsert',
        instance: 'salon',
        data: {
          key: {
            remoteJid: `${GROUP}@g.us`,
            participant: '241758390126644@lid',
            participantAlt,
            fromMe: false,
            id,
          },
          message: { conversation: id },
        },
      });
    for (const body of [message('m-1'), message('m-2', '79001234567@s.whatsapp.net'), message('m-3')])
      await stage.postSigned('evolution', body);
    const stored = await stage.storedIn(`salon:wa-group:${GROUP}:79001234567`);
    expect(stored.map(({ text }) => text)).toEqual(['m-1', 'm-2', 'm-3']);
    expect(await stage.conversations()).toHaveLength(1);
    await stage.stop();
  });
});
