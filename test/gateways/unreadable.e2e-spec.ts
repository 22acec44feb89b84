import { sampleOf } from '../support/gateway-samples';
import { GatewayStage } from '../support/gateway-stage';
import type { Answer } from '../support/http';

const ADMIN = { headers: { 'x-api-key': 'operators-key' } };
const BLOB = 'a1B2'.repeat(100);

describe('what cannot be understood', () => {
  let stage: GatewayStage;

  beforeAll(async () => {
    stage = await GatewayStage.start({ batcher: false, env: { ADMIN_API_KEY: 'operators-key' } });
  });
  beforeEach(() => stage.forgetAll());
  afterAll(() => stage.stop());

  const kept = (query = ''): Promise<Answer> => stage.system.send(`/admin/unreadable${query}`, ADMIN);

  it.each(['', '{', '[]', '17', 'null', '{"entry":{}}'])('is answered, and kept: "%s"', async (body) => {
    const answer = await stage.postSigned('meta', body);
    expect(answer).toMatchObject({ status: 200, body: { success: true, results: [] } });
    expect(await stage.conversations()).toEqual([]);
    expect((await kept()).body).toMatchObject({
      items: [{ gateway: 'meta', bytes: body.length, reasons: [expect.any(String) as string] }],
    });
  });

  it('is kept without its secrets and files', async () => {
    const body = { event: 'messages.upsert', apikey: 'c2VjcmV0', data: [17], base64: BLOB };
    await stage.postSigned('evolution', JSON.stringify(body));
    const { text } = await kept();
    expect(text).toContain('messages.upsert');
    for (const hidden of ['c2VjcmV0', BLOB]) expect(text).not.toContain(hidden);
  });

  it('of one that is no JSON nothing but its size is kept', async () => {
    await stage.postSigned('evolution', '{"apikey":"c2VjcmV0", oops');
    expect((await kept()).body).toMatchObject({ items: [{ reasons: ['not-json'], bytes: 26, body: null }] });
  });

  it('is whole however deep a message stands in it', async () => {
    const { bytes } = sampleOf('meta-cloud/unsupported.json');
    await stage.postSigned('meta', bytes);
    expect((await kept()).body).toMatchObject({
      items: [{ reasons: ['unsupported'], body: JSON.parse(bytes.toString()) as object }],
    });
  });

  it('does not keep what is understood', async () => {
    const files = ['meta-cloud/text.json', 'meta-cloud/status-delivered.json', 'meta-cloud/reaction.json'];
    for (const file of files) await stage.postSigned('meta', sampleOf(file).bytes);
    expect((await kept()).body).toEqual({ items: [], cursor: null });
  });

  it('does not hold up what is understood: the rest of the body is taken', async () => {
    const messages = [
      { from: '79001234567@c.us', id: 'm-1', body: 'да' },
      { de: '7900', mensaje: 'да' },
    ];
    const answer = await stage.postSigned('venom', JSON.stringify({ messages }));
    expect(answer.body.results).toMatchObject([{ outcome: 'opened' }, { outcome: 'ignored' }]);
    expect((await kept()).body).toMatchObject({ items: [{ reasons: ['invalid-customer'] }] });
  });

  it('is shown page by page', async () => {
    for (const body of ['1', '2', '3']) await stage.postSigned('waha', body);
    const first = (await kept('?limit=2')).body as { items: { body: unknown }[]; cursor: string };
    const second = (await kept(`?limit=2&cursor=${first.cursor}`)).body as typeof first;
    expect([...first.items, ...second.items].map(({ body }) => body)).toEqual([3, 2, 1]);
    expect((await kept('?cursor=nonsense')).status).toBe(400);
  });

  it('is for operators alone', async () => {
    expect((await stage.system.send('/admin/unreadable')).status).toBe(401);
  });

  it('is not kept where the signature fails', async () => {
    expect((await stage.post('/webhook/meta', '{}', {})).status).toBe(401);
    expect((await kept()).body).toMatchObject({ items: [] });
  });
});
