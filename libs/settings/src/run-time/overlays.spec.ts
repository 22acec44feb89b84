import { Companies } from '../companies/companies';
import { groundOf, reading } from '../testing/companies';

const FILE = `
companies:
  salon:
    window: { batchTimeout: 7000, batchMaxWait: 30000 }
    busyPolicy: supersede
    bot: { url: "https://salon.example.org" }
`;

const given = (settings: unknown): string => JSON.stringify({ settings, at: 1, by: 'anna' });

describe('settings at run time', () => {
  let companies: Companies;

  beforeEach(() => {
    companies = new Companies(groundOf({ BATCH_TIMEOUT: '9000' }), null);
    read(FILE);
  });

  function read(text: string): void {
    const { read: file } = reading(text);
    if (file === null) throw new Error('a file with problems');
    companies.replace(file);
  }

  function give(overlays: Record<string, unknown>): void {
    const texts = Object.entries(overlays).map(([id, settings]): [string, string] => [id, given(settings)]);
    companies.overlay(new Map(texts));
  }

  const problemsOf = (company: string): readonly string[] => companies.overlays.of(company)?.problems ?? [];

  it('are over the companies file, which is over the environment; what they do not say stays the same object', () => {
    const before = companies.of('salon');
    give({ salon: { window: { batchTimeout: 5000 } } });
    expect(companies.of('salon').window).toMatchObject({ quietMs: 5_000, maxWaitMs: 30_000 });
    expect(companies.of('salon').bot).toBe(before.bot);
    expect(companies.of('clinic').window.quietMs).toBe(9_000);
    give({});
    expect(companies.of('salon')).toBe(before);
  });

  it('are given to companies that no file names, by number or text, and to conversations without one', () => {
    give({ 7: { window: { batchTimeout: 5000 } }, '-': { window: { batchTimeout: 4000 } } });
    const quiet = [7, '7', null, 8].map((id) => companies.of(id).window.quietMs);
    expect(quiet).toEqual([5_000, 5_000, 4_000, 9_000]);
  });

  it('switch a bot off, and on', () => {
    give({ salon: { bot: 'off' }, clinic: { bot: 'on' } });
    expect(['salon', 'clinic', null].map((id) => companies.isBotOff(id))).toEqual([true, false, false]);
  });

  it('tell of each bot that is switched off, also of one that was off before, and not of what stays so', () => {
    const [early, late] = [jest.fn(), jest.fn()];
    companies.whenBotOff(early);
    expect(early).not.toHaveBeenCalled();
    give({ salon: { bot: 'off' } });
    expect(early).toHaveBeenCalledTimes(1);
    give({ salon: { bot: 'off', busyPolicy: 'hold' }, clinic: { bot: 'on' } });
    expect(early).toHaveBeenCalledTimes(1);
    companies.whenBotOff(late);
    expect(late).toHaveBeenCalledTimes(1);
    give({ clinic: { bot: 'off' } });
    expect(early).toHaveBeenCalledTimes(2);
  });

  it('stay in effect when the file is read again, over what it says then', () => {
    give({ salon: { window: { batchTimeout: 5000 } } });
    read(FILE.replace('30000', '20000'));
    expect(companies.of('salon').window).toMatchObject({ quietMs: 5_000, maxWaitMs: 20_000 });
  });

  it('are out of effect while the file does not fit them, but for the bot’s switch, and say so', () => {
    give({ salon: { window: { batchTimeout: 25000 }, bot: 'off' } });
    read(FILE.replace('30000', '20000'));
    expect(companies.of('salon').window.quietMs).toBe(7_000);
    expect(companies.isBotOff('salon')).toBe(true);
    expect(problemsOf('salon')).toEqual([
      'window.batchMaxWait must not be shorter than window.batchTimeout, window.batchTimeoutMax or any entry of window.batchTimeoutByType',
    ]);
    read(FILE);
    expect(companies.of('salon').window.quietMs).toBe(25_000);
    expect(problemsOf('salon')).toEqual([]);
  });

  it('run what waits for a company’s settings to be so', () => {
    const isAny = jest.fn();
    companies.whenAny(({ turns }) => !turns.held, isAny);
    expect(isAny).not.toHaveBeenCalled();
    give({ clinic: { busyPolicy: 'parallel' } });
    expect(isAny).toHaveBeenCalledTimes(1);
  });

  it('say whether any company’s settings are so, before anything comes of it', () => {
    const hasBot = (): boolean => companies.isAny(({ bot }) => bot.url !== null);
    expect(hasBot()).toBe(true);
    read(FILE.replace(/ {4}bot: .*\n/, ''));
    expect(hasBot()).toBe(false);
  });

  it.each<[unknown, string[]]>([
    [null, ['settings must be a mapping of keys to values']],
    [[], ['settings must be a mapping of keys to values']],
    [{}, ['settings must have at least one of window, busyPolicy and bot; DELETE takes all back']],
    [{ bot: { url: 'https://elsewhere.example.org' } }, ['bot must be one of on, off']],
    [{ replies: { pace: 1 } }, ['replies is not known here; known are window, bot, busyPolicy']],
    [{ name: 'Salon' }, ['name is not known here; known are window, bot, busyPolicy']],
    [
      { window: { batchTimeout: 10, maxBatchSize: 'x' }, busyPolicy: 'wait' },
      [
        'window.batchTimeout must be a whole number of milliseconds from 50 to 3600000',
        'window.maxBatchSize must be a whole number of messages from 1 to 1000',
        'busyPolicy must be one of hold, supersede, parallel',
      ],
    ],
    [
      { window: { batchTimeout: '${HOME}' } },
      ['window.batchTimeout must be a whole number of milliseconds from 50 to 3600000'],
    ],
    [
      { window: { batchTimeout: { file: '/etc/passwd' } } },
      ['window.batchTimeout must be a whole number of milliseconds from 50 to 3600000'],
    ],
    [
      { window: { batchTimeout: null } },
      ['window.batchTimeout must be a whole number of milliseconds from 50 to 3600000'],
    ],
    [
      { busyPolicy: 'hold', window: { preemptiveStart: 'auto' } },
      [
        expect.stringContaining(
          'window.preemptiveStart must be empty, or needs busyPolicy=supersede',
        ) as string,
      ],
    ],
  ])('%j names %j', (settings, expected) => {
    give({ salon: settings });
    expect([...problemsOf('salon')].sort()).toEqual(expected.sort());
  });

  it.each([
    '',
    '{',
    'null',
    '7',
    'true',
    '"off"',
    '[]',
    '[null]',
    '{}',
    '{"settings": "off", "at": "now", "by": 7}',
  ])('that somebody has written as %j change nothing, and leave others’ in effect', (text) => {
    companies.overlay(
      new Map([
        ['salon', text],
        ['clinic', given({ window: { batchTimeout: 5000 } })],
      ]),
    );
    expect(companies.of('salon').window.quietMs).toBe(7_000);
    expect(companies.of('clinic').window.quietMs).toBe(5_000);
    expect(companies.overlays.of('salon')).toMatchObject({ isOff: false, at: 0, by: '' });
    expect(problemsOf('salon')).toEqual(['settings must be a mapping of keys to values']);
  });

  it('of a company that cannot exist are named, so that they can be removed', () => {
    give({ 'no company': { bot: 'off' }, '-': { bot: 'off' }, salon: { bot: 'off' } });
    expect(problemsOf('no company')).toEqual([
      'settings are those of a company that cannot exist; DELETE removes them',
    ]);
    expect([problemsOf('-'), problemsOf('salon')]).toEqual([[], []]);
  });
});
