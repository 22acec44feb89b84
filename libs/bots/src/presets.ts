import type { BotPreset } from './preset';
import * as registered from './registry';

const BY_NAME: ReadonlyMap<string, BotPreset> = new Map(
  Object.values<BotPreset>(registered)
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
    .map((preset) => [preset.name, preset]),
);

/** The names that `BOT_PRESET` may have. */
export const PRESET_NAMES: readonly string[] = [...BY_NAME.keys()];

/** @throws Error if there is none of that name; configuration has checked it. */
export function presetNamed(name: string): BotPreset {
  const preset = BY_NAME.get(name);
  if (!preset) throw new Error(`there is no bot preset named ${name}`);
  return preset;
}

/** True if bots of that preset understand events; also of a name that is none, which has its own problem. */
export function takesEvents(name: string): boolean {
  return BY_NAME.get(name)?.takesEvents ?? true;
}
