import fc from 'fast-check';
import { mutations } from '../../../test/support/mutations';
import { inShort } from '../../../test/support/short-form';
import type { GatewayEvent } from './gateway-event';
import { GATEWAY_NAMES } from './gateways';
import { IGNORED_REASONS } from './ignored-reason';
import { isJsonObject } from './json/json';
import { readBy, SAMPLES } from './testing/samples';

const KINDS = [
  'message',
  'edit',
  'revoke',
  'presence',
  'echo',
  'reaction',
  'status',
  'system',
  'unsupported',
  'ignored',
];
const CUSTOMER =
  /^(?:\d{5,15}|wa-lid:\d{5,20}|wa-bsuid:[A-Z]{2}\.[A-Za-z0-9.]+|wa-group:[\w.+/=-]+|tg:[1-9]\d{0,15}|tg-group:-[1-9]\d{0,15}(?:_\d{1,16})?|sms:\d{5,15}|(?:fb|ig):\d{1,32}|max(?:-group)?:-?[1-9]\d{0,18}|cw:[1-9]\d{0,18})$/;
const LONGEST_RUN = 1024;

const RUN = new RegExp(`[A-Za-z0-9+/]{${LONGEST_RUN + 1}}`);

const SECRET = 'c2VjcmV0-never-to-be-seen';
const BLOB = 'a1B2'.repeat(LONGEST_RUN / 2);

const gateway = fc.constantFrom(...GATEWAY_NAMES);

const mutated = mutations(SAMPLES.map(({ payload }) => payload));

/** The payload with a secret and a file in each of its objects, under names that gateways use for them. */
function laden(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(laden);
  if (!isJsonObject(value)) return value;
  const own = Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, laden(inner)]));
  return {
    apikey: SECRET,
    instanceToken: SECRET,
    mediaKey: SECRET,
    base64: BLOB,
    jpegThumbnail: BLOB,
    ...own,
  };
}

function expectSound(event: GatewayEvent): void {
  expect(KINDS).toContain(event.kind);
  if (event.customer !== null) expect(event.customer).toMatch(CUSTOMER);
  for (const { alias, phone } of event.aliases)
    expect([alias, phone]).toEqual([expect.stringMatching(/^wa-/), expect.stringMatching(/^\d+$/)]);
  if (event.timestampMs !== null)
    expect(Number.isSafeInteger(event.timestampMs) && event.timestampMs > 0).toBe(true);
  if (event.kind === 'ignored') expect(IGNORED_REASONS).toContain(event.reason);
  if (event.kind === 'message') {
    expect(event.text.trim() !== '' || event.media.length > 0).toBe(true);
    for (const { url } of event.media) if (url !== undefined) expect(url).toMatch(/^https?:/i);
  }
}

/** Everything in an event except the customer's own words, which may look like anything. */
function besidesWords(events: readonly GatewayEvent[]): string {
  return JSON.stringify(events, (name, value: unknown) =>
    name === 'text' || name === 'caption' ? '' : value,
  );
}

describe('every reader', () => {
  it('makes sound events of any JSON', () => {
    fc.assert(
      fc.property(gateway, fc.jsonValue({ maxDepth: 6 }), (name, payload) =>
        readBy(name, payload).forEach(expectSound),
      ),
      { numRuns: inShort(2000) },
    );
  });

  it('makes sound events of samples that were tampered with', () => {
    fc.assert(
      fc.property(gateway, mutated, (name, payload) => readBy(name, payload).forEach(expectSound)),
      { numRuns: inShort(5000) },
    );
  });

  it('reads the same payload in the same way, and leaves it as it was', () => {
    fc.assert(
      fc.property(gateway, mutated, (name, payload) => {
        const before = JSON.stringify(payload);
        expect(readBy(name, payload)).toEqual(readBy(name, payload));
        expect(JSON.stringify(payload)).toBe(before);
      }),
      { numRuns: inShort(1000) },
    );
  });

  it('lets neither secrets nor files through', () => {
    fc.assert(
      fc.property(gateway, mutated, (name, payload) => {
        const kept = besidesWords(readBy(name, laden(payload)));
        expect(kept.includes(SECRET)).toBe(false);
        expect(RUN.test(kept)).toBe(false);
      }),
      { numRuns: inShort(2000) },
    );
  });

  it('tampering does reach what is read', () => {
    const kinds = fc
      .sample(fc.tuple(gateway, mutated), { numRuns: 3000, seed: 17 })
      .flatMap(([name, payload]) => readBy(name, payload).map(({ kind }) => kind));
    expect(new Set(kinds)).toEqual(new Set(KINDS));
  });

  it.each(GATEWAY_NAMES)('%s is not exhausted by depth', (name) => {
    const deep = JSON.parse(`${'{"message":'.repeat(5000)}1${'}'.repeat(5000)}`) as Record<string, unknown>;
    const item = { phone: '79001234567', message: 'да', metadata: deep };
    expect(() => readBy(name, deep)).not.toThrow();
    expect(() => readBy(name, item)).not.toThrow();
    expect(() =>
      readBy(name, {
        event: 'messages.upsert',
        data: { key: { remoteJid: '79001234567@c.us' }, message: deep },
      }),
    ).not.toThrow();
  });
});

describe('very many entries in one payload', () => {
  const MANY = inShort(100_000);
  // A second or two by itself, more on a busy machine; quadratic work would take far longer.
  const QUADRATIC_MS = 60_000;
  const message = { from: '79001234567', timestamp: '1763700001', type: 'text', text: { body: 'да' } };
  const contacts = Array.from({ length: MANY }, (_, i) => ({
    wa_id: String(70000000000 + i),
    user_id: `RU.${String(i)}`,
  }));
  const payloads = {
    venom: { messages: Array(MANY).fill({ from: '79001234567@c.us', body: 'да' }) },
    meta: {
      entry: [{ changes: [{ field: 'messages', value: { contacts, messages: Array(MANY).fill(message) } }] }],
    },
    waha: {
      event: 'presence.update',
      payload: { id: '79001234567@c.us', presences: Array(MANY).fill({ lastKnownPresence: 'typing' }) },
    },
    telegram: {
      update_id: 1,
      deleted_business_messages: {
        ...{
          business_connection_id: 'c',
          chat: { id: 7, type: 'private' },
          message_ids: Array(MANY).fill(3),
        },
      },
    },
    evolution: {
      event: 'messages.upsert',
      data: Array(MANY).fill({ key: { remoteJid: '79001234567@c.us' }, message: { conversation: 'да' } }),
    },
  };

  it.each(Object.entries(payloads))(
    'of %s are read once each, in time that grows with their number',
    (name, payload) => {
      const began = performance.now();
      expect(readBy(name, payload)).toHaveLength(MANY);
      // Quadratic work would take minutes; a slow machine does not.
      expect(performance.now() - began).toBeLessThan(QUADRATIC_MS);
    },
  );
});
