import type { Finding } from '@app/contracts';
import type { ReadinessPart } from '@app/platform';
import type { ProcessRegistry } from './process-registry';

/** The other processes as a part of readiness: degraded but up, because messages are safe; down if the policy says so. */
export function processesPart(processRegistry: ProcessRegistry, requireBatcher: boolean): ReadinessPart {
  return {
    name: 'processes',
    inPublic: ({ degraded, findings }) => ({
      degraded,
      findings: (findings as Finding[]).map(({ code }) => ({ code })),
    }),
    check: () => {
      const { findings } = processRegistry;
      const missing = findings.find(({ code }) => code === 'no-batcher');
      if (requireBatcher && missing) {
        return Promise.reject(new Error(`${missing.message} (REQUIRE_BATCHER). ${missing.check}`));
      }
      return Promise.resolve({ degraded: findings.length > 0, findings });
    },
  };
}

/** The consumer as a part of readiness, if the process has one: a worker that takes no jobs cannot serve. */
export function consumerPart(processRegistry: ProcessRegistry): ReadinessPart {
  return {
    name: 'consumer',
    applies: () => processRegistry.card.roles.includes('worker'),
    check: () => {
      const finding = processRegistry.card.findings?.find(({ code }) => code === 'not-consuming');
      return finding
        ? Promise.reject(new Error(`${finding.message}. ${finding.check}`))
        : Promise.resolve({});
    },
  };
}
