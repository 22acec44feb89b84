import type { Finding } from './finding';
import type { ProcessCard, Role } from './process-card';

export type { Finding } from './finding';

const COMPARE = 'compare REDIS_URL and KEY_PREFIX of both (first log lines, or GET /admin/config)';

const NEEDS: readonly { role: Role; needs: Role; code: Finding['code']; effect: string; runs: string }[] = [
  {
    role: 'webhook',
    needs: 'batcher',
    code: 'no-batcher',
    effect: 'messages are accepted and safe, but not handed off',
    runs: 'whether a batcher runs (ai-admin-batch-processor)',
  },
  {
    role: 'batcher',
    needs: 'webhook',
    code: 'no-webhook',
    effect: 'no new messages can come',
    runs: 'whether a webhook runs (ai-admin-api)',
  },
  {
    role: 'worker',
    needs: 'batcher',
    code: 'no-batcher',
    effect: 'no merged messages can come',
    runs: 'whether a batcher runs (ai-admin-batch-processor)',
  },
];

/**
 * The findings of one process.
 *
 * @param place the Redis that the processes share, without credentials.
 */
export function findingsOf(own: ProcessCard, others: readonly ProcessCard[], place: string): Finding[] {
  const present = new Set([own, ...others].flatMap(({ roles }) => roles));
  const missing = NEEDS.filter(({ role, needs }) => own.roles.includes(role) && !present.has(needs));
  return [
    ...missing.map(({ needs, code, effect, runs }): Finding => ({
      code,
      message: `No ${needs} on the Redis at ${place}: ${effect}`,
      check: `See ${runs}; ${COMPARE}`,
    })),
    ...others.flatMap((other) => disagreements(own, other)),
    ...[own, ...others].flatMap((each) => each.findings ?? []),
  ];
}

function disagreements(own: ProcessCard, other: ProcessCard): Finding[] {
  const who = `${other.roles.join(' and ')} on ${other.host}`;
  const findings: Finding[] = [];
  if (other.environment !== own.environment) {
    findings.push({
      code: 'environments-differ',
      message: `The ${who} is ${other.environment}, this process is ${own.environment}, and both use one Redis`,
      check: 'See whether REDIS_URL leads where you think; a tunnel may end in production',
    });
  }
  // A card lacks the settings that its roles do not use.
  const differing = Object.keys(own.settings).filter(
    (name) => name in other.settings && own.settings[name] !== other.settings[name],
  );
  if (differing.length > 0) {
    const values = differing.map(
      (name) => `${name} is ${shown(own.settings[name])} here and ${shown(other.settings[name])} there`,
    );
    findings.push({
      code: 'settings-differ',
      message: `The ${who} has other settings: ${values.join(', ')}`,
      check: 'Give both the same, and restart them: under PM2 with --update-env',
    });
  }
  return findings;
}

function shown(value = ''): string {
  return value === '' ? 'not set' : value;
}
