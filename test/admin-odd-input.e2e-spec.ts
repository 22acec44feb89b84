import fc from 'fast-check';
import { type Answer, send } from './support/http';
import { KEY, OperatorStage, PHONE } from './support/operator-stage';

interface Parameter {
  name: string;
  in: 'path' | 'query';
}

interface Operation {
  parameters: Parameter[];
  security?: Record<string, unknown>[];
}

/** One call of an operator, as the OpenAPI document has it. */
interface Call extends Operation {
  method: string;
  path: string;
}

/** Values by parameter, as they stand in the address; a query may name one several times. */
type Asked = [parameter: Parameter, value: string][];

const MISSPELT: Parameter = { name: 'compnayId', in: 'query' };
const LONG = '9'.repeat(400);

/** What operators paste and scanners try, as it stands in an address. */
const TEXTS = [
  ...[
    '',
    '%00',
    '%20',
    '.',
    '..%2f',
    '%',
    '%ff',
    '%E0%A4%A',
    '%ED%A0%BD',
    '%E2%80%AE',
    '%0a%0d',
    'a'.repeat(5_000),
  ],
  ...[
    'null',
    'undefined',
    '%5Bobject%20Object%5D',
    '__proto__',
    'constructor',
    '*',
    '?',
    '%7Bp0%7D',
    '%7B',
    ':',
    '::',
  ],
  ...[
    '-1',
    '0',
    '-0',
    '1.5',
    '0x10',
    '1e309',
    'NaN',
    'Infinity',
    LONG,
    '9007199254740993',
    '18446744073709551616',
  ],
  ...['wa-lid:', 'wa-group:1:2', PHONE, `1:${PHONE}`, `:${PHONE}`, `${PHONE}:`, 'b-1', 'b-2'],
  ...[
    '0-0',
    '1-1',
    '1-1-0',
    '1-1-9999',
    `${LONG}-1`,
    '9999999999999999999-9999999999999999999-9999',
    '18446744073709551615-18446744073709551615',
  ],
];

/** Places as our cursors hold them, and nearly so. */
const PLACES = [
  ...[
    '',
    ' ',
    '  ',
    'x',
    'x ',
    'x a:b',
    'x wa-lid',
    'x {1}',
    '\u0000 \u0000',
    '79001234567 ',
    '79001234567 1',
    `${LONG} ${LONG}`,
  ],
  ...[
    'batcher',
    'worker',
    'worker 1',
    'worker 1 b-1',
    'batcher 1 b-1',
    'batcher 1 \u0000',
    `worker ${LONG} b`,
    `batcher ${LONG} b`,
  ],
];

/** A stream that ends with its reader, and the bots' way back: not for operators' hands. */
const HAVE_THEIR_OWN_TESTS = /^\/(?:live|replies)\//;

const asCursor = (place: string): string => Buffer.from(place).toString('base64url');
const VALUES = [...TEXTS, ...PLACES.map(asCursor)];

const aText = fc.string({ unit: 'binary', maxLength: 30 }).map((text) => Buffer.from(text).toString());
const aValue = fc.oneof(aText.map(encodeURIComponent), aText.map(asCursor), fc.constantFrom(...VALUES));

describe('operators’ calls with odd input', () => {
  let stage: OperatorStage;
  let calls: Call[];

  beforeAll(async () => {
    stage = await OperatorStage.start({ WRONG_SECRETS_PER_MINUTE: '100000' });
    calls = await operatorsCalls();
    await stage.admin.message(PHONE, 'handed off', { companyId: 1 });
    await stage.admin.post(`/admin/batches/${PHONE}/flush`);
    await stage.nextJob();
    for (const id of ['b-1', 'b-2']) {
      await stage.admin.message(PHONE, 'dead');
      await stage.deadLetter(id);
    }
    await stage.admin.message(PHONE, 'pending', { companyId: 1 });
  });
  afterAll(() => stage.stop());

  async function operatorsCalls(): Promise<Call[]> {
    const { body } = await stage.admin.get('/docs-json');
    return Object.entries(body.paths as Record<string, Record<string, Operation>>)
      .filter(([path]) => !HAVE_THEIR_OWN_TESTS.test(path))
      .flatMap(([path, methods]) =>
        Object.entries(methods).map(([method, operation]) => ({
          ...operation,
          method: method.toUpperCase(),
          path,
        })),
      )
      .filter(({ security = [] }) => security.some((one) => 'admin' in one));
  }

  function ask({ method, path }: Call, asked: Asked): Promise<Answer> {
    const inPath = Object.fromEntries(
      asked.filter(([one]) => one.in === 'path').map(([{ name }, text]) => [name, text]),
    );
    const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => inPath[name] || PHONE);
    const search = asked.filter(([one]) => one.in === 'query').map(([{ name }, text]) => `${name}=${text}`);
    return send(`${stage.webhook.url}${filled}?${search.join('&')}`, {
      method,
      headers: { 'x-api-key': KEY, 'content-type': 'application/json' },
      ...(method === 'POST' && { body: JSON.stringify({ batchId: 'b-unknown' }) }),
    });
  }

  /** What is wrong with an answer; null where it says what it must. */
  async function faultOf(call: Call, asked: Asked): Promise<string | null> {
    const { status, type } = await ask(call, asked);
    const values = asked.map(([{ name }, text]) => `${name}=${text.slice(0, 60)}`).join('&');
    const isFine = status === 200 || (status >= 400 && status < 500 && type === 'application/problem+json');
    return isFine ? null : `${status} ${type} ${call.method} ${call.path} ${values}`;
  }

  it('are all there', () => {
    expect(calls.length).toBeGreaterThanOrEqual(15);
  });

  it('are answered, whatever one parameter holds, and never by a fault of ours', async () => {
    const faults: string[] = [];
    for (const value of VALUES) {
      const asked = calls.flatMap((call) =>
        call.parameters.map((parameter) => faultOf(call, [[parameter, value]])),
      );
      faults.push(...(await Promise.all(asked)).filter((fault) => fault !== null));
    }
    expect(faults).toEqual([]);
  });

  it('are answered, whatever all parameters hold', async () => {
    const asking = fc
      .constantFrom(...calls)
      .chain((call) =>
        fc.tuple(
          fc.constant(call),
          fc.array(fc.tuple(fc.constantFrom(...call.parameters, MISSPELT), aValue), { maxLength: 4 }),
        ),
      );
    await fc.assert(
      fc.asyncProperty(asking, async ([call, asked]) => {
        expect(await faultOf(call, asked)).toBeNull();
      }),
      { numRuns: 1_000 },
    );
  });

  it('refuse a parameter that they do not have, by name, and do nothing', async () => {
    await stage.admin.message(PHONE, 'pending', { companyId: 1 });
    for (const call of calls) {
      const { status, body } = await ask(call, [
        [MISSPELT, '962302'],
        [{ name: '__proto__', in: 'query' }, '1'],
      ]);
      const fields = (body.errors as { field: string }[]).map(({ field }) => field);
      expect([call.method, call.path, status, fields]).toEqual([
        ...[call.method, call.path, 400],
        [MISSPELT.name, '__proto__'],
      ]);
    }
    expect((await stage.admin.get(`/admin/batches/${PHONE}`)).status).toBe(200);
  });
});
