import { parseArgs } from 'node:util';
import { BootError, EXIT } from '@app/config';
import type { BotRange } from '@app/window';

/** What the command is asked for. */
export interface Options {
  /** The most batches that are read, the newest first. */
  batches: number;
  /** Null: as the queue's jobs show it. */
  bot: BotRange | null;
  json: boolean;
  /** A file for the picture; null if none is wanted. */
  svg: string | null;
}

// Of times alone, some 100 MB.
const MOST_BATCHES = 100_000;

const HELP = `Says from the history how long the bot should wait. It only reads, and shows no phone and no text.

  npm run window -- [options]

  --bot MIN-MAX   what the bot takes for an answer, ms, like 1000-15000 (default: as the queue's finished jobs show it)
  --batches N     reads the newest N batches (default ${MOST_BATCHES})
  --svg FILE      writes a picture, too
  --json          prints JSON
`;

/**
 * Reads the command line; null if only help is asked for, which is then printed.
 *
 * @throws BootError naming what is wrong.
 */
export function optionsFrom(args: readonly string[]): Options | null {
  const { bot, batches, json, svg, help } = parsed(args);
  if (help === true) {
    process.stdout.write(HELP);
    return null;
  }
  return {
    batches: batches === undefined ? MOST_BATCHES : batchesFrom(batches),
    bot: bot === undefined ? null : rangeFrom(bot),
    json: json === true,
    svg: svg ?? null,
  };
}

function parsed(args: readonly string[]): ReturnType<typeof parse> {
  try {
    return parse(args);
  } catch (error) {
    throw new BootError(`${(error as Error).message}\n\n${HELP}`, EXIT.config);
  }
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    options: {
      bot: { type: 'string' },
      batches: { type: 'string' },
      json: { type: 'boolean' },
      svg: { type: 'string' },
      help: { type: 'boolean' },
    },
  }).values;
}

function batchesFrom(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new BootError('--batches must be a whole number from 1', EXIT.config);
}

function rangeFrom(text: string): BotRange {
  const [, min, max] = /^(\d{1,7})-(\d{1,7})$/.exec(text) ?? [];
  const range = { minMs: Number(min), maxMs: Number(max) };
  if (range.minMs >= 1 && range.minMs <= range.maxMs) return range;
  throw new BootError('--bot must be two times in ms, the lesser first, like 1000-15000', EXIT.config);
}
