/**
 * What the settings of a process say to every change of a conversation. They stand as constants in front of its scripts,
 * because an argument is sent, parsed and copied anew at each call. Redis keeps the text of earlier settings until it restarts.
 */
export interface Constants {
  maxSize: number;
  maxBytes: number;
  maxWaitMs: number;
  maxPending: number;
  maxPendingBytes: number;
  maxAgeMs: number;
  /** The silences among which a customer's habit chooses, ms; false where it chooses none. */
  byHabit: { min: number; normal: number; max: number } | false;
  maxSupersedes: number;
  /** Messages of a conversation within a minute, beyond which its window waits for the end of it; 0: any number. */
  maxPerMinute: number;
  /** The limits, as a text: for conversations that no longer have any of their own. */
  standardLimits: string;
  maxTurnsPerHour: number;
  historyMax: number;
  historyMaxBytes: number;
  historyTtlMs: number;
  horizonMs: number;
  idleTtlS: number;
  wakeChannel: string;
}

/** In the order in which they stand in a script. */
export const CONSTANT_NAMES = [
  ...(['maxSize', 'maxBytes', 'maxWaitMs', 'maxPending', 'maxPendingBytes', 'maxAgeMs', 'byHabit'] as const),
  ...([
    'maxSupersedes',
    'maxPerMinute',
    'maxTurnsPerHour',
    'standardLimits',
    'historyMax',
    'historyMaxBytes',
    'historyTtlMs',
  ] as const),
  ...(['horizonMs', 'idleTtlS', 'wakeChannel'] as const),
] satisfies (keyof Constants)[];

/** A script as a process sends it: in front of it stand the constants that it names. */
export function withConstants(lua: string, constants: Constants): string {
  const used = CONSTANT_NAMES.filter((name) => new RegExp(`\\b${name}\\b`).test(lua));
  if (used.length === 0) return lua;
  return `local ${used.join(', ')} = ${used.map((name) => literal(constants[name])).join(', ')}\n${lua}`;
}

/** A text without line breaks, as a prefix of keys is, a number, false, or a table of numbers. */
function literal(value: Constants[keyof Constants]): string {
  if (typeof value === 'object')
    return `{ ${Object.entries(value)
      .map(([name, number]) => `${name} = ${number}`)
      .join(', ')} }`;
  return typeof value !== 'string' ? String(value) : `"${value.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}
