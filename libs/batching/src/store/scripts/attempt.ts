import { defineScript } from './define-script';

export interface AttemptReply {
  /** Attempts in this span, the present one included. */
  count: number;
  /** ms until the span ends and counting begins anew. */
  endsInMs: number;
}

/** A failed attempt at a secret, counted for as long as the span that its first one opened. */
export const attempt = defineScript({
  name: 'attempt',
  does: 'Counts one failed attempt and says how many there have been in this span.',
  keys: ['attempts'],
  args: { nowMs: 'ms', spanMs: 'ms' },
  body: `
-- With its end in one step: a count without an end would lock its address out for ever.
if redis.call('SET', attempts, 1, 'PX', spanMs, 'NX') then return { 1, spanMs } end
return { redis.call('INCR', attempts), redis.call('PTTL', attempts) }
`,
  reply: (raw): AttemptReply => {
    const [count, endsInMs] = raw as [number, number];
    return { count, endsInMs };
  },
});
