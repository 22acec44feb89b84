import type { BatchingSettings } from '../config/batching.settings';
import { type Command, command } from './command';
import { Model } from './model';

/** What operators give companies: other sizes and waits, fewer supersedings, the other busy policy. */
const GIVEN: readonly ((settings: BatchingSettings) => BatchingSettings)[] = [
  (settings) => changed(settings, { maxSize: 2, maxWaitMs: 3_000 }, {}),
  (settings) => changed(settings, { maxSize: 6, quietMs: 1_500 }, { maxSupersedes: 1 }),
  ({ turns, ...settings }) => {
    const start = turns.supersede ? null : 600;
    return changed({ turns, ...settings }, {}, { supersede: !turns.supersede, start });
  },
];

function changed(
  settings: BatchingSettings,
  window: Partial<BatchingSettings['window']>,
  turns: Partial<BatchingSettings['turns']>,
): BatchingSettings {
  return {
    ...settings,
    window: { ...settings.window, ...window },
    turns: { ...settings.turns, ...turns },
  };
}

/** An operator gives a company settings at run time, or takes them back (-1). */
export function give(companyId: string, which: number): Command {
  return command(`give(${companyId}, ${which})`, (model, world) => {
    const settings = GIVEN[which]?.(world.settings);
    if (settings) {
      world.given.set(companyId, settings);
      model.given.set(companyId, Model.limitsOf(settings));
    } else {
      world.given.delete(companyId);
      model.given.delete(companyId);
    }
    return Promise.resolve();
  });
}

/** An operator switches a company's bot off, or on again. */
export function switchBot(companyId: string, isOff: boolean): Command {
  return command(`switchBot(${companyId}, ${isOff ? 'off' : 'on'})`, (model) => {
    if (isOff) model.off.add(companyId);
    else model.off.delete(companyId);
    return Promise.resolve();
  });
}
