import { finding, type Finding } from '@app/contracts';
import type { ProcessCard, Role } from './process-card';

/** Which role cannot do without which, and what it cannot do then. */
const NEEDS: readonly { role: Role; missing: Role; found: (place: string) => Finding }[] = [
  {
    role: 'webhook',
    missing: 'batcher',
    found: (place) => finding('no-batcher', { place, effect: 'webhook' }),
  },
  { role: 'batcher', missing: 'webhook', found: (place) => finding('no-webhook', { place }) },
  {
    role: 'worker',
    missing: 'batcher',
    found: (place) => finding('no-batcher', { place, effect: 'worker' }),
  },
];

/**
 * The findings of one process.
 *
 * @param place the Redis that the processes share, without credentials.
 */
export function findingsOf(own: ProcessCard, others: readonly ProcessCard[], place: string): Finding[] {
  const present = new Set([own, ...others].flatMap(({ roles }) => roles));
  return [
    ...NEEDS.filter(({ role, missing }) => own.roles.includes(role) && !present.has(missing)).map(
      ({ found }) => found(place),
    ),
    ...others.flatMap((other) => disagreements(own, other)),
    ...[own, ...others].flatMap((each) => each.findings ?? []),
  ];
}

function disagreements(own: ProcessCard, other: ProcessCard): Finding[] {
  const who = `${other.roles.join(' and ')} on ${other.host}`;
  const findings: Finding[] = [];
  if (other.environment !== own.environment)
    findings.push(finding('environments-differ', { who, theirs: other.environment, ours: own.environment }));
  // A card lacks the settings that its roles do not use.
  const differing = Object.keys(own.settings)
    .filter((name) => name in other.settings && own.settings[name] !== other.settings[name])
    .map((name) => `${name} is ${shown(own.settings[name])} here and ${shown(other.settings[name])} there`);
  if (differing.length > 0)
    findings.push(finding('settings-differ', { who, differing: differing.join(', ') }));
  return findings;
}

function shown(value = ''): string {
  return value === '' ? 'not set' : value;
}
