import type { StormReport } from './storm';

/** A storm as a table to read. */
export function describeStorm({ sent, damage, findings, steered, seconds }: StormReport): string {
  const rows = [...damage].sort(([a], [b]) => (a < b ? -1 : 1));
  const kills = rows.reduce((sum, [, { kills }]) => sum + kills, 0);
  const freezes = rows.reduce((sum, [, { freezes }]) => sum + freezes, 0);
  const refusals = [...sent.refusals].map(
    ([status, times]) => `${times} × ${status === 0 ? 'no answer' : status}`,
  );
  return [
    '| process | kill -9 | frozen past its lease |',
    '|---|---:|---:|',
    ...rows.map(([name, { kills, freezes }]) => `| ${name} | ${kills} | ${freezes} |`),
    `| **all** | **${kills}** | **${freezes}** |`,
    '',
    '| found after it | messages |',
    '|---|---:|',
    `| accepted (2xx) | ${findings.accepted} |`,
    `| lost | ${findings.lost} |`,
    `| doubled | ${findings.doubled} |`,
    `| out of order | ${findings.disordered} |`,
    `| overlapping turns | ${findings.overlapping} |`,
    `| in two replies | ${findings.saidTwice} |`,
    `| superseded batches | ${findings.superseded} |`,
    `| still pending | ${findings.pending} |`,
    `| balance of the accounts | ${findings.balance} |`,
    ...(steered ? describeSteered(steered) : []),
    '',
    `${findings.jobs} jobs in ${seconds} s; ${sent.retries} posts were sent again (${refusals.join(', ') || 'none'}); ` +
      `slowest 503: ${Math.round(sent.slowestRefusalMs)} ms`,
    '',
  ].join('\n');
}

function describeSteered({ acts, notes, ...found }: NonNullable<StormReport['steered']>): string[] {
  const list = (counts: ReadonlyMap<string, number>): string =>
    [...counts].map(([name, times]) => `${times} × ${name}`).join(', ');
  return [
    `| batches of a bot that was muted or off | ${found.muted} |`,
    `| batches without an answer or a reason | ${found.silent} |`,
    `| voice notes with wrong words, or without a reason | ${found.misheard} |`,
    `| colleagues’ words that the bot was not told | ${found.untold} |`,
    `| messages beyond the limit of a minute | ${found.slowed} |`,
    '',
    `voice notes: ${list(notes)}; acts: ${list(acts)}`,
  ];
}
