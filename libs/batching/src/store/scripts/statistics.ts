import { CLOCK } from './clock.fragment';
import { defineScript } from './define-script';

export interface StatisticsReply {
  now: number;
  /** Conversations that hold a message. */
  open: number;
  /** Conversations that someone must look at now. */
  due: number;
  deadLetters: number;
  /** Conversations that are set aside. */
  setAside: number;
  /** Conversations of which a batch is at the bot, or on its way there. */
  turns: number;
  /** Since when hand-off is paused, ms; null where it is not. */
  pausedSince: number | null;
  /** The accounts, by name. */
  counters: Record<string, number>;
  /** Number of messages → how many conversations hold that many. */
  sizes: Map<number, number>;
}

/** The accounts and the sizes of the indexes, read in one step, so that the sums must agree. */
export const statistics = defineScript({
  name: 'statistics',
  does: 'Reads the accounts and the sizes of the indexes in one step.',
  keys: ['due', 'turns', 'directory', 'counters', 'sizes', 'deadLetters', 'setAside', 'paused'],
  args: { nowMs: 'ms' },
  fragments: [CLOCK],
  body: `
return {
  now,
  redis.call('ZCARD', directory),
  redis.call('ZCOUNT', due, '-inf', string.format('%d', now)),
  redis.call('ZCARD', deadLetters),
  redis.call('HLEN', setAside),
  redis.call('ZCARD', turns),
  redis.call('GET', paused),
  redis.call('HGETALL', counters),
  redis.call('HGETALL', sizes),
}
`,
  reply: (raw): StatisticsReply => {
    const [now, open, due, deadLetters, setAside, turns, pausedSince, counters, sizes] = raw as [
      number,
      number,
      number,
      number,
      number,
      number,
      string | null,
      string[],
      string[],
    ];
    return {
      now,
      open,
      due,
      deadLetters,
      setAside,
      turns,
      pausedSince: pausedSince === null ? null : Number(pausedSince),
      counters: Object.fromEntries(pairs(counters)),
      sizes: new Map(pairs(sizes).map(([size, howMany]) => [Number(size), howMany])),
    };
  },
});

/** A Lua script's HGETALL is a flat list, whatever the protocol. */
function pairs(flat: string[]): [string, number][] {
  return flat.flatMap((name, i) => (i % 2 === 0 ? [[name, Number(flat[i + 1])]] : []));
}
