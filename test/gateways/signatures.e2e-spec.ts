import { sampleOf, VECTORS } from '../support/gateway-samples';
import { evolutionToken, predecessorHeaders, SECRETS, signed } from '../support/gateway-signatures';
import { GatewayStage } from '../support/gateway-stage';

const { bytes: meta } = sampleOf('meta-cloud/text.json');
const { bytes: waha } = sampleOf('waha/message-text.json');
const { bytes: evolution } = sampleOf('evolution/text.json');
const { bytes: venom } = sampleOf('venom/text-private.json');
const { bytes: original } = sampleOf('original/single.json');
const BATCHED = '/webhook/whatsapp/batched';

const flipped = (bytes: Buffer): Buffer =>
  Buffer.from(bytes.map((byte, i) => (i === bytes.length >> 1 ? byte ^ 1 : byte)));
const twin = (bytes: Buffer | string): string => {
  const text = JSON.stringify(JSON.parse(bytes.toString()));
  // What is written the same way already gets a space, which changes no value either.
  return text === bytes.toString() ? `${text} ` : text;
};

describe('signatures', () => {
  let stage: GatewayStage;

  beforeAll(async () => {
    const [predecessor] = VECTORS.original.vectors;
    const secrets = [SECRETS.WEBHOOK_SECRET, predecessor?.secret ?? ''].join(',');
    stage = await GatewayStage.start({ batcher: false, env: { WEBHOOK_SECRET: secrets } });
  });
  beforeEach(() => stage.forgetAll());
  afterAll(() => stage.stop());

  describe('as published', () => {
    const published = (['meta', 'waha'] as const).flatMap((gateway) =>
      VECTORS[gateway].vectors.map(({ body, header, source }) => ({ gateway, body, header, source })),
    );
    const headersOf = (gateway: string, header: string): Record<string, string> => ({
      [gateway === 'meta' ? 'x-hub-signature-256' : 'x-webhook-hmac']: header,
    });

    it.each(published)('are taken: $gateway, $source', async ({ gateway, body, header }) => {
      expect((await stage.post(`/webhook/${gateway}`, body, headersOf(gateway, header))).status).toBe(200);
    });

    it.each(published)('hold for no other bytes: $gateway, $source', async ({ gateway, body, header }) => {
      for (const other of [flipped(Buffer.from(body)), twin(body)])
        expect((await stage.post(`/webhook/${gateway}`, other, headersOf(gateway, header))).status).toBe(401);
    });
  });

  it.each<[string, string, Buffer | string, Record<string, string>]>([
    ['a flipped byte of Meta’s', 'meta', flipped(meta), signed('meta', meta)],
    ['a re-serialised twin of Meta’s', 'meta', twin(meta), signed('meta', meta)],
    ['no signature of Meta’s', 'meta', meta, {}],
    ['the shared secret in its stead', 'meta', meta, signed('venom', meta)],
    ['a flipped byte of WAHA’s', 'waha', flipped(waha), signed('waha', waha)],
    ['a re-serialised twin of WAHA’s', 'waha', twin(waha), signed('waha', waha)],
    ['no signature of WAHA’s', 'waha', waha, {}],
    [
      'another key of Evolution’s',
      'evolution',
      evolution,
      { authorization: `Bearer ${evolutionToken('other')}` },
    ],
    ['no token of Evolution’s', 'evolution', evolution, {}],
    ['no token on a sub-path', 'evolution/messages-upsert', evolution, {}],
    ['a wrong secret of Venom’s', 'venom', venom, { 'x-webhook-secret': 'something-else' }],
    ['no secret of Venom’s', 'venom', venom, {}],
  ])('%s is refused', async (_, route, body, headers) => {
    const answer = await stage.post(`/webhook/${route}`, body, headers);
    expect(answer).toMatchObject({ status: 401, type: 'application/problem+json', body: { status: 401 } });
    expect(await stage.conversations()).toEqual([]);
  });

  describe('as for the predecessor', () => {
    const now = (): number => Date.now();

    it.each([BATCHED, '/webhook/whatsapp', '/webhook/venom'])('are taken at %s', async (path) => {
      const answer = await stage.post(path, original, predecessorHeaders(path, original, now()));
      expect(answer.status).toBe(200);
      expect(await stage.conversations()).toHaveLength(1);
    });

    it('made with the published secret are taken', async () => {
      const [{ body, secret }] = VECTORS.original.vectors as [(typeof VECTORS.original.vectors)[0]];
      const headers = predecessorHeaders(BATCHED, body, now(), secret);
      expect((await stage.post(BATCHED, body, headers)).status).toBe(200);
    });

    it.each<[string, () => [Buffer | string, Record<string, string>]]>([
      ['a flipped byte', () => [flipped(original), predecessorHeaders(BATCHED, original, now())]],
      ['a re-serialised twin', () => [twin(original), predecessorHeaders(BATCHED, original, now())]],
      ['another path', () => [original, predecessorHeaders('/webhook/whatsapp', original, now())]],
      ['one of six minutes ago', () => [original, predecessorHeaders(BATCHED, original, now() - 360_000)]],
      [
        'one of another secret',
        () => [original, predecessorHeaders(BATCHED, original, now(), 'something-else')],
      ],
      ['one without its time', () => [original, { 'x-signature': 'a'.repeat(64) }]],
      ['nothing', () => [original, {}]],
    ])('%s is refused', async (_, request) => {
      const answer = await stage.post(BATCHED, ...request());
      expect(answer).toMatchObject({ status: 401, type: 'application/problem+json' });
      expect(await stage.conversations()).toEqual([]);
    });
  });

  it('and their secrets are in no log line', () => {
    for (const secret of Object.values(SECRETS))
      expect(stage.system.webhook.lines.join('\n')).not.toContain(secret);
  });

  describe('Meta’s handshake', () => {
    const query = (token: string): string =>
      `/webhook/meta?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=${token}`;

    it('is answered with the challenge alone', async () => {
      expect(await stage.system.send(query(SECRETS.META_VERIFY_TOKEN))).toMatchObject({
        status: 200,
        type: 'text/plain',
        text: '1158201444',
      });
    });

    it.each([query('somebody-else'), '/webhook/meta'])('is refused: %s', async (path) => {
      expect(await stage.system.send(path)).toMatchObject({ status: 403, type: 'application/problem+json' });
    });
  });
});
