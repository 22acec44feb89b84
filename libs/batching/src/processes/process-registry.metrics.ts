import { Injectable } from '@nestjs/common';
import type { Finding } from '@app/contracts';
import { Metrics } from '@app/platform';
import type { Role } from './process-card';
import { ProcessRegistry } from './process-registry';

const ROLES: readonly Role[] = ['webhook', 'batcher', 'worker', 'assistant'];
const FINDINGS: readonly Finding['code'][] = [
  'no-batcher',
  'no-webhook',
  'no-worker',
  'settings-differ',
  'environments-differ',
  'bot-away',
  'companies-file',
  'company-settings',
  'too-many-turns',
  'not-consuming',
  'no-sender',
  'bot-not-understood',
  'dead-letters',
  'set-aside',
];

/** Shows at every scrape which processes this one sees on its Redis, and the findings between them. */
@Injectable()
export class ProcessRegistryMetrics {
  constructor(metrics: Metrics, processRegistry: ProcessRegistry) {
    const info = metrics.gauge({
      name: 'process_info',
      help: 'Always 1; its labels say what this process is, and which Redis it uses.',
      labelNames: ['roles', 'version', 'environment', 'redis'],
    });
    const processes = metrics.gauge({
      name: 'processes_seen',
      help: 'Processes whose heartbeat this one sees on its Redis, itself included, by role.',
      labelNames: ['role'],
    });
    const findings = metrics.gauge({
      name: 'findings',
      help: 'What is wrong with the processes of one Redis, as this one sees it; 0 is healthy.',
      labelNames: ['finding'],
    });
    metrics.beforeScrape(() => {
      const { roles, version, environment } = processRegistry.card;
      info.set({ roles: roles.join('+'), version, environment, redis: processRegistry.place }, 1);
      for (const role of ROLES) {
        processes.set({ role }, processRegistry.processors.filter((seen) => seen.role === role).length);
      }
      for (const finding of FINDINGS) {
        findings.set({ finding }, processRegistry.findings.filter(({ code }) => code === finding).length);
      }
      return Promise.resolve();
    });
  }
}
