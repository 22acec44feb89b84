import { expectLinear, HOSTILE_TEXTS } from '../../../test/support/growth';
import { isJsonObject } from './json/json';
import { redactBody } from './json/redaction';
import { evolution, venom } from './registry';
import { readBy, sample, SAMPLES } from './testing/samples';

// All samples are read together.
const SHARE = 4;

const DECIDING = ['event', 'type', 'field', 'object', 'typeWebhook', 'typeMessage', 'typeInstance'];

/** The payload with each of its texts replaced; the fields that decide how it is read stay. */
function filled(value: unknown, text: string, name = ''): unknown {
  if (Array.isArray(value)) return value.map((each) => filled(each, text));
  if (isJsonObject(value))
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, filled(inner, text, key)]));
  return DECIDING.includes(name) ? value : text;
}

it.each(Object.entries(HOSTILE_TEXTS))(
  '%s are read in a time that grows no faster than they',
  (_, textOf) => {
    expectLinear(
      (length) =>
        SAMPLES.map(({ gateway, payload }) => ({ gateway, body: filled(payload, textOf(length / SHARE)) })),
      (bodies) => bodies.map(({ gateway, body }) => [readBy(gateway, body), redactBody(body)]),
    );
  },
);

describe('many entries next to one long text', () => {
  const MANY = 32;
  const times = (length: number, entry: object): object[] => Array<object>(length / MANY).fill(entry);
  const blanks = (length: number): string => `${' '.repeat(length * MANY)}x`;

  it('do not each read it anew: who Evolution’s instance is', () => {
    const { data, ...envelope } = sample('evolution/text.json');
    expectLinear(
      (length) => ({ ...envelope, sender: blanks(length), data: times(length, data as object) }),
      (body) => evolution.read(body),
    );
  });

  it('do not each read it anew: whose chat it is in which so many type', () => {
    const { data, ...envelope } = sample('evolution/presence-composing.json');
    expectLinear(
      (length) => {
        const typing = { lastKnownPresence: 'composing' };
        const presences = Object.fromEntries(
          times(length, typing).map((one, i) => [`${79_001_234_000 + i}`, one]),
        );
        return { ...envelope, data: { ...(data as object), id: blanks(length), presences } };
      },
      (body) => evolution.read(body),
    );
  });

  it.each(['session', 'companyId'])('do not each read it anew: a forwarder’s %s', (field) => {
    expectLinear(
      (length) => ({
        [field]: blanks(length),
        messages: times(length, { from: '79001234567@c.us', body: 'a' }),
      }),
      (body) => venom.read(body),
    );
  });
});
