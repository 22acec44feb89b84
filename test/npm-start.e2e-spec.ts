import { ownStandIn, unknownStandIn } from './support/bots/own.stand-in';
import { KEY } from './support/bots/stand-in-bot';
import { STAND_IN_BOTS } from './support/bots/stand-in-bots';
import { eventually } from './support/eventually';
import { type Newcomer, NewcomerSystem, POLICIES, TIMEOUT_MS } from './support/newcomer';
import { buildOnce } from './support/npm-start';
import { sideBySide } from './support/side-by-side';

/** What a newcomer sees, by its name. */
const PLAYS: Record<string, (system: Newcomer) => Promise<void>> = {
  'a merged message goes in and the reply comes out, in one conversation': async (system) => {
    const phone = system.aPhone();
    await system.write(phone, 'Hi,', 'can I book?');
    expect(await system.sent(phone, 1)).toEqual(['1: Hi, can I book?']);
    await system.write(phone, 'At six');
    expect(await system.sent(phone, 2)).toEqual(['1: Hi, can I book?', '2: At six']);
  },
  'what is written while it thinks is answered next, or with it': async (system) => {
    const { policy } = system;
    const phone = system.aPhone();
    await system.write(phone, 'It thinks');
    await eventually('the call', () => system.callsAbout('It thinks'), Boolean);
    await system.write(phone, 'and more');
    if (policy === 'hold') system.release();
    const before = await system.sent(phone, policy === 'hold' ? 2 : 1);
    system.release();
    await system.write(phone, 'At six');
    const [last, ...earlier] = (await system.sent(phone, before.length + 1)).reverse();
    expect(last).toMatch(/^\d: At six$/);
    expect(earlier.reverse().map((text) => text.replace(/^\d: /, ''))).toEqual(
      policy === 'hold' ? ['It thinks', 'and more'] : ['It thinks and more'],
    );
  },
  'a wrong key is a dead letter at once': async (system) => {
    const phone = system.aPhone();
    await system.write(phone, 'The wrong key');
    const letter = await system.deadLetter(phone);
    expect(letter).toMatchObject({ error: 'the bot answered 401', lastAnswer: { status: 401 } });
    expect(await system.callsAbout('The wrong key')).toBe(1);
    expect(await system.sent(phone, 0)).toEqual([]);
  },
  'a 500 is tried again': async (system) => {
    const phone = system.aPhone();
    await system.write(phone, 'It recovers');
    expect(await system.sent(phone, 1)).toEqual([expect.stringMatching(/^\d: It recovers$/)]);
  },
  'a 500 for good is a dead letter': async (system) => {
    const phone = system.aPhone();
    await system.write(phone, 'It fails');
    const { error } = await system.deadLetter(phone);
    expect(error).toBe('the bot answered 500, 3 times');
    expect(await system.sent(phone, 0)).toEqual([]);
  },
  'no answer for good is a dead letter': async (system) => {
    const phone = system.aPhone();
    await system.write(phone, 'It hangs');
    const { error } = await system.deadLetter(phone);
    expect(error).toBe(`no answer within ${TIMEOUT_MS} ms, 3 times`);
    expect(await system.sent(phone, 0)).toEqual([]);
  },
  'an empty answer says nothing': async (system) => {
    const phone = system.aPhone();
    await system.write(phone, 'It is silent');
    const attempt = await system.attempt(phone);
    expect(attempt).toMatchObject({ outcome: 'answered', status: 200, replies: 0 });
    expect(attempt.notUnderstood).toBeUndefined();
    expect(await system.sent(phone, 0)).toEqual([]);
  },
  'an answer that is not understood is shown, and nothing of it sent': async (system) => {
    const phone = system.aPhone();
    await system.write(phone, 'It is odd');
    const { batchId, notUnderstood } = await system.attempt(phone);
    expect(notUnderstood).toBe('json');
    expect(await system.unreadable(batchId)).toMatchObject({ body: { status: 200 } });
    expect(await system.sent(phone, 0)).toEqual([]);
  },
};

const PRODUCTS = [ownStandIn, unknownStandIn, ...STAND_IN_BOTS];
/** So many bots are played at once: they wait most of the time. */
const AT_ONCE = 4;
const BOTS = PRODUCTS.map((make, i) => ({ ...make(), make, nth: i + 1 }));
const GROUPS = Array.from({ length: Math.ceil(BOTS.length / AT_ONCE) }, (_, i) =>
  BOTS.slice(i * AT_ONCE, (i + 1) * AT_ONCE),
);

beforeAll(() => buildOnce());

describe.each(GROUPS.map((bots) => ({ bots, of: bots.map(({ nth }) => nth).join(', ') })))(
  'npm start with the bots $of',
  ({ bots }) => {
    const systems = new Map<number, NewcomerSystem>();

    beforeAll(async () => {
      await Promise.all(
        bots.map(async ({ make, nth }) => systems.set(nth, await NewcomerSystem.start(make))),
      );
    });
    afterAll(async () => {
      const outputs = await Promise.all([...systems.values()].map((system) => system.stop()));
      expect(outputs.join('\n')).not.toContain(KEY);
    });

    const rows = bots.flatMap((bot) => POLICIES.map((policy, i) => ({ ...bot, policy, i })));
    sideBySide(
      Object.fromEntries(
        rows.flatMap(({ nth, preset, path, wantsKey, policy, i }) =>
          Object.entries(PLAYS)
            .filter(([name]) => wantsKey || !name.includes('key'))
            .map(([name, play]) => [
              `${nth}, ${preset} at ${path}, ${policy}: ${name}`,
              () => play(systems.get(nth)?.newcomers[i] as Newcomer),
            ]),
        ),
      ),
    );
  },
);
