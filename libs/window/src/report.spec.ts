import { generatedBursts } from '../../../test/support/generated-bursts';
import type { Present } from './candidates';
import { pictureOf } from './picture';
import type { RecordedBatch } from './recorded';
import { type Report, reportOf } from './report';
import { textOf } from './text';
import { earlyStart, hold, supersede } from './waiting';

const PRESENT: Present = { kind: 'hold', ...hold(9_000) };
const APART_MS = 5 * 60_000;

/** A history of so many writers: each burst is one batch, answered a second after its last message. */
function historyOf(writers: number, fields: Partial<RecordedBatch> = {}): RecordedBatch[] {
  return generatedBursts(writers).map(({ customer, at }, i) => {
    const receivedAt = at.map((time) => 1_700_000_000_000 + i * APART_MS + time);
    const last = receivedAt.at(-1) as number;
    const answer = { at: last + 1_000, botMs: 1_000 };
    return { conversation: `7900-${customer}`, receivedAt, flushedAt: last, answer, ...fields };
  });
}

const ENOUGH = reportOf(historyOf(100), PRESENT, { minMs: 1_000, maxMs: 15_000 });
const LITTLE = reportOf(historyOf(10), PRESENT, null);
const NOTHING = reportOf([], PRESENT, null);

describe('a report', () => {
  it('compares each setting with the present one, and recommends one', () => {
    expect(ENOUGH.settings.filter(({ isPresent }) => isPresent)).toMatchObject([
      { variables: { BUSY_POLICY: 'hold', BATCH_TIMEOUT: '9000' } },
    ]);
    expect(ENOUGH.advice?.recommended.variables).toEqual({
      BUSY_POLICY: 'supersede',
      BATCH_TIMEOUT: '9000',
      PREEMPTIVE_START: '1500',
    });
    expect(ENOUGH.data).toMatchObject({ batches: 1_500, bursts: 1_500, customers: 100, recordedTwice: 0 });
  });

  it('recommends nothing on too little, and says when it is enough', () => {
    expect(LITTLE).toMatchObject({ advice: null, shortage: { days: 4 } });
    expect(textOf(LITTLE)).toMatch(/No recommendation: 150 bursts of 10 customers are too few/);
    expect(textOf(LITTLE)).toContain(`HISTORY_TTL=${4 * 24 * 3_600}`);
  });

  it('has nothing to say of an empty history', () => {
    expect(NOTHING).toMatchObject({ settings: [], advice: null, data: { from: null, recordedTwice: null } });
    expect(textOf(NOTHING)).toContain('Run it again when more has been written.');
  });

  it('adds the present setting if that is none of the usual ones', () => {
    const present: Present = { kind: 'hold', ...hold(4_321) };
    const { settings } = reportOf(historyOf(1), present, null);
    expect(settings.filter(({ windowMs }) => windowMs === 4_321).map(({ kind }) => kind)).toEqual([
      ...['hold', 'supersede', 'early-start'],
    ]);
  });

  it('plays a present setting by habit, and names it', () => {
    const present: Present = {
      kind: 'early-start',
      ...earlyStart(1_500, 9_000, { minMs: 4_000, maxMs: 15_000 }),
    };
    const report = reportOf(historyOf(100), present, { minMs: 1_000, maxMs: 15_000 });
    const [byHabit] = report.settings.filter(({ isPresent }) => isPresent);
    const same = report.settings.find(
      ({ startMs, windowMs, isPresent }) => startMs === 1_500 && windowMs === 9_000 && !isPresent,
    );
    expect(byHabit?.variables).toEqual({
      BUSY_POLICY: 'supersede',
      BATCH_TIMEOUT: '9000',
      ENDPOINTING: 'dynamic',
      BATCH_TIMEOUT_MIN: '4000',
      BATCH_TIMEOUT_MAX: '15000',
      PREEMPTIVE_START: '1500',
    });
    expect(byHabit?.twice).not.toBe(same?.twice);
    expect(textOf(report)).toMatch(/ {2}4\/9\/15 +1\.5 .* present/);
  });

  it('knows when an automatic start is: as early as most of the bot’s answers need', () => {
    const present: Present = { kind: 'early-start', ...supersede(9_000), startMs: 'auto' };
    const { settings } = reportOf(historyOf(1), present, { minMs: 2_000, maxMs: 2_000 });
    expect(settings.find(({ isPresent }) => isPresent)).toMatchObject({ windowMs: 9_000, startMs: 7_000 });
  });

  it.each([
    ['the text', textOf],
    ['the picture', pictureOf],
    ['JSON', (report: Report) => JSON.stringify(report)],
  ])('names no conversation: %s', (_, shown) => {
    expect(shown(ENOUGH)).not.toContain('7900');
  });
});

describe('the bot of a report', () => {
  const botOf = (report: Report): Partial<Report['bot']> => report.bot;

  it('is as it is given', () => {
    expect(botOf(ENOUGH)).toMatchObject({ kind: 'given' });
  });

  it('is measured from the jobs', () => {
    expect(botOf(LITTLE)).toEqual({ kind: 'measured', jobs: 150, medianMs: 1_000, p90Ms: 1_000 });
  });

  it.each([
    ['few jobs', historyOf(6)],
    ['no jobs', historyOf(10, { answer: null })],
    ['jobs that end at once, as without a bot', historyOf(10, { answer: { at: 0, botMs: 99 } })],
  ])('is assumed, and said to be: %s', (_, batches) => {
    const report = reportOf(batches, PRESENT, null);
    expect(botOf(report)).toMatchObject({ kind: 'assumed' });
    expect(textOf(report)).toContain('The bot is assumed');
  });
});

describe('the picture', () => {
  it('has a point for each setting, and marks two', () => {
    const picture = pictureOf(ENOUGH);
    const points = picture.match(/<(circle|rect|path) class="(hold|supersede|early-start)"/g) ?? [];
    const inLegend = 3;
    expect(points).toHaveLength(ENOUGH.settings.length + inLegend);
    expect(picture.match(/class="ring"/g)).toHaveLength(2);
    expect(picture).toMatch(/9 s, present</);
    expect(picture).toMatch(/1.5 → 9 s, recommended</);
  });

  it('has colours for a dark page for all that has one for a light page', () => {
    const [light = '', dark = ''] = pictureOf(ENOUGH).split('prefers-color-scheme: dark');
    const coloured = (css: string): string[] =>
      [...css.matchAll(/([.\w-]+) {[^{}]*#/g)].map(([, name = '']) => name);
    expect(coloured(dark.slice(0, dark.indexOf('</style>')))).toEqual(coloured(light));
  });

  it('can be drawn of nothing', () => {
    expect(pictureOf(NOTHING)).not.toContain('NaN');
  });
});
