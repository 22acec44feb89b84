import type { Queue } from 'bullmq';
import type { MergedMessage } from '@app/contracts';

/** How a queue fails: it refuses a job, takes it and loses the answer, or gives none. */
export interface Failure {
  refuses?: (message: MergedMessage) => boolean;
  losesAnswers?: boolean;
  /** It does nothing and never answers. */
  isSilent?: boolean;
}

/** A real queue that fails on demand; all other calls reach it. */
export function failingQueue(real: Queue<MergedMessage>, failure: Failure): Queue<MergedMessage> {
  const check = (messages: MergedMessage[]): void => {
    if (failure.refuses && messages.some(failure.refuses)) throw new Error('the queue refuses this job');
  };
  const answer = <T>(value: T): T => {
    if (failure.losesAnswers) throw new Error('connection lost before the reply');
    return value;
  };
  const overrides: Partial<Queue<MergedMessage>> = {
    addBulk: async (jobs) => {
      if (failure.isSilent) return new Promise(() => undefined);
      check(jobs.map(({ data }) => data));
      return answer(await real.addBulk(jobs));
    },
    add: async (name, data, opts) => {
      check([data]);
      return answer(await real.add(name, data, opts));
    },
  };
  return new Proxy(real, {
    get: (target, property) =>
      (Reflect.get(overrides, property) as unknown) ?? (Reflect.get(target, property, target) as unknown),
  });
}
