import { type Advice, MOST_CALLS } from './advice';
import { LEAST } from './evidence';
import { inPercent, inSeconds } from './figures';
import { LONGEST_PAUSE_MS } from './recorded';
import type { Report } from './report';
import type { Row } from './row';
import { tableOf } from './table';
import { wrapped } from './wrap';

const DAY_MS = 24 * 3_600_000;
const DAY_S = 24 * 3_600;

/** What a history cannot show. */
const CAVEATS = [
  '- An answer ends a burst: a customer who writes on behind it begins another. So the shares are the least that they can be, by about as much in each row up to the present window: compare rows by their difference. A longer window (+) reaches beyond what is recorded, and none is recommended.',
  '- Only what the history keeps is in it (HISTORY_MAX, HISTORY_TTL, HISTORY_BYTES): no message that was cleared, taken back or given up.',
  '- Only silences are played: no typing, no BATCH_TIMEOUT_BY_TYPE, no colleague who answers, no bot that is away.',
];

const SUPERSEDED_CALLS =
  'What a bot must know of calls that are superseded: docs/bot.md#a-message-that-comes-while-the-bot-thinks';

/** The report as an operator reads it on a terminal. */
export function textOf(report: Report): string {
  const { settings, advice } = report;
  const sections = [
    introduction(report).map(wrapped),
    settings.length === 0 ? [] : tableOf(settings, advice?.recommended ?? null),
    advice === null ? shortage(report).map(wrapped) : recommendation(advice, settings),
    ['What this cannot show:', ...CAVEATS.map(wrapped)],
  ];
  return sections
    .filter(({ length }) => length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

function introduction({ data, bot }: Report): string[] {
  const { batches, bursts, several, customers, from, to, answersAssumed, recordedTwice } = data;
  const days = from === null || to === null ? 0 : (to - from) / DAY_MS;
  return [
    `${batches} batches in ${days.toFixed(1)} days: ${bursts} bursts of ${customers} customers, ${several} of more than one message. A burst is what a customer writes until they are answered, or fall silent for ${inSeconds(LONGEST_PAUSE_MS)} s.`,
    botLine(bot),
    ...(answersAssumed === 0
      ? []
      : [
          `When ${answersAssumed} of the batches were answered is not known, for the queue keeps a job for a day: taken for it is ${inSeconds(bot.medianMs)} s after their hand-off.`,
        ]),
    ...(recordedTwice === null
      ? []
      : [`As recorded, ${inPercent(recordedTwice)} % of the bursts were handed off in more than one batch.`]),
  ];
}

function botLine({ kind, jobs, medianMs, p90Ms }: Report['bot']): string {
  const times = `half of its answers within ${inSeconds(medianMs)} s, nine of ten within ${inSeconds(p90Ms)} s`;
  switch (kind) {
    case 'given':
      return `The bot, as given: ${times}.`;
    case 'measured':
      return `The bot, as ${jobs} finished jobs show it: ${times}.`;
    case 'assumed':
      return `The bot is assumed: ${times}. The queue's ${jobs} finished jobs do not show how long it takes; --bot MIN-MAX says it.`;
  }
}

function recommendation(
  { recommended, isQuickest, alternative }: Advice,
  settings: readonly Row[],
): string[] {
  const present = settings.find(({ isPresent }) => isPresent) ?? recommended;
  if (recommended === present)
    return ['Recommended: what you have. No other answers sooner, or fewer bursts twice, at that price.'];
  return [
    `Recommended: ${assignments(recommended)}`,
    ...comparison(recommended, present),
    isQuickest
      ? `The quickest that answers no more bursts twice, for at most ${MOST_CALLS} times the calls.`
      : 'It answers the fewest bursts twice, as soon as now and for as many calls.',
    ...(alternative === null
      ? []
      : [
          '',
          `If a second answer is worse than a late one: ${assignments(alternative)}`,
          ...comparison(alternative, present),
        ]),
    ...(present.kind === 'hold' && recommended.kind !== 'hold' ? ['', SUPERSEDED_CALLS] : []),
  ];
}

function assignments({ variables }: Row): string {
  return Object.entries(variables)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
}

function comparison(row: Row, present: Row): string[] {
  const now = (value: string): string => `(now ${value})`;
  return [
    `  answered after  ${inSeconds(row.meanMs)} s ${now(inSeconds(present.meanMs))}, nine of ten within ${inSeconds(row.p90Ms)} s ${now(inSeconds(present.p90Ms))}`,
    `  answered twice  ${inPercent(row.twice)} % ${now(inPercent(present.twice))}`,
    `  bot calls       ${row.calls.toFixed(2)} a burst ${now(present.calls.toFixed(2))}`,
  ];
}

function shortage({ data: { bursts, customers }, shortage: found }: Report): string[] {
  const days = found?.days ?? null;
  return [
    `No recommendation: ${bursts} bursts of ${customers} customers are too few. It takes ${LEAST.bursts} of ${LEAST.customers}, for with fewer chance decides: of samples of 200 recorded bursts, every third named a setting that answers more of them twice than before.`,
    days === null
      ? 'Run it again when more has been written.'
      : `At the present rate that is ${days} days of history: HISTORY_TTL=${days * DAY_S}, with HISTORY_MAX and HISTORY_BYTES to match.`,
  ];
}
