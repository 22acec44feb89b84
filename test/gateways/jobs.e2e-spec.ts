import { channelOf, conversationOf, type MergedMessage, phoneOf } from '@app/contracts';
import { gatewayNamed } from '@app/gateways';
import {
  customerIn,
  GATEWAY_SAMPLES,
  type GatewaySample,
  isAnswered,
  isStored,
  messageIdIn,
  named,
  payloadIn,
} from '../support/gateway-samples';
import { SECRETS } from '../support/gateway-signatures';
import { GatewayStage, resultsOf } from '../support/gateway-stage';

const COMPANIES: Record<string, unknown> = { '106540352242922': 962302, default: 'salon' };
const BLOB = /[A-Za-z0-9+/]{256}/;

describe('the job that a sample becomes', () => {
  let stage: GatewayStage;

  beforeAll(async () => {
    stage = await GatewayStage.start({ env: { BATCH_TIMEOUT: '50', CHECK_INTERVAL: '1000' } });
  });
  beforeEach(() => stage.forgetAll());
  afterAll(() => stage.stop());

  async function jobOf({ gateway, bytes, path, expect: meaning }: GatewaySample): Promise<MergedMessage> {
    const answer = await stage.postSigned(gateway, bytes, path);
    const shown = isAnswered(gateway) ? resultsOf(answer)[0]?.conversationId : null;
    const account = gatewayNamed(gateway)?.read(payloadIn(gateway, bytes))[0]?.account ?? null;
    const id = shown ?? conversationOf(customerIn(meaning.chatKey), account).id;
    const [job, ...more] = await stage.system.jobsOf(id, 1);
    expect(more).toEqual([]);
    return job?.data as MergedMessage;
  }

  it.each(named(GATEWAY_SAMPLES.filter(isStored)))('%s', async (_, sample) => {
    const { gateway, expect: meaning } = sample;
    const job = await jobOf(sample);
    const customer = customerIn(meaning.chatKey);
    const [part] = job.messages;
    const account = part?.source.account ?? null;

    expect(job).toMatchObject({
      version: 1,
      conversationId: job.companyId === null ? customer : `${job.companyId}:${customer}`,
      phone: phoneOf(customer) ?? part?.source.phone ?? null,
      messageCount: 1,
      flushReason: 'quiet',
      channel: channelOf(customer),
      ...(meaning.text != null && { text: meaning.text }),
    });
    // An account without a configured company stands for one; forwarders name theirs, or none.
    if (account !== null) expect(job.companyId).toBe(COMPANIES[account] ?? account);
    expect(part?.source.gateway).toBe(gateway);
    if (meaning.account !== undefined) expect(account).toBe(meaning.account);
    else expect(account !== null).toBe(!['venom', 'generic', 'telegram', 'max'].includes(gateway));
    expect(part).toMatchObject({
      ...messageIdIn(meaning),
      type: expect.any(String) as string,
      text: meaning.text ?? (expect.any(String) as string),
      source: { gateway, chatId: expect.stringMatching(/./) as string },
      metadata: {
        ...(meaning.quotedId !== undefined && { quotedId: meaning.quotedId }),
        ...(meaning.buttonId !== undefined && { buttonId: meaning.buttonId }),
      },
      ...(meaning.timestampMs != null && { timestamp: meaning.timestampMs }),
      ...(meaning.media !== undefined && { type: meaning.media, media: { type: meaning.media } }),
    });
    // MAX never says what a file is made of.
    if (
      gateway !== 'max' &&
      ['image', 'video', 'audio', 'voice', 'document', 'sticker'].includes(meaning.media ?? '')
    )
      expect(part?.media).toMatchObject({ mimeType: expect.stringMatching(/\//) as string });
  });

  it.each(named(GATEWAY_SAMPLES.filter(({ expect: { kind } }) => kind !== 'reject')))(
    '%s leaves neither a file nor a secret in Redis',
    async (_, { gateway, bytes, path }) => {
      await stage.postSigned(gateway, bytes, path);
      await stage.system.nothingPending();
      const held = JSON.stringify([await stage.contents(), await stage.system.allJobs()]);
      expect(held).not.toMatch(BLOB);
      for (const secret of [...secretsIn(payloadIn(gateway, bytes)), ...Object.values(SECRETS)])
        expect(held).not.toContain(secret);
    },
  );
});

/** What stands under a name that gateways have for a secret, wherever it is. */
function secretsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    /^(?:apikey|instanceToken|mediaKey)$/i.test(name) && typeof inner === 'string'
      ? [inner]
      : secretsIn(inner),
  );
}
