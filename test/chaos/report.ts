import type { StormReport } from './storm';

/** A storm as a table to read. */
export function describeStorm({ sent, damage, findings, seconds }: StormReport): string {
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
    '',
    `${findings.jobs} jobs in ${seconds} s; ${sent.retries} posts were sent again (${refusals.join(', ') || 'none'}); ` +
      `slowest 503: ${Math.round(sent.slowestRefusalMs)} ms`,
    '',
  ].join('\n');
}
