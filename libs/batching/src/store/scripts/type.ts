import { defineChange } from './define-change';

/**
 * `no-window`: there is nothing to wait with, and no answer to keep back. `forwarded`: the conversation is an alias of `to`.
 *
 * @property turnOf whose batch is in the turn, if it is an alias's; null: the conversation's own, or none is.
 */
export type TypeReply =
  | { outcome: 'extended' | 'ended' | 'no-window'; turnOf: string | null }
  | { outcome: 'forwarded'; to: string };

/** A customer types, or has stopped: their window stays open, or the answer to their batch is kept back, within the longest wait. */
export const type = defineChange({
  name: 'type',
  does: 'Extends an open window, or a turn whose answer is not committed, for a time that ends by itself, or takes such an extension back.',
  keys: ['alias'],
  args: { mayBeAlias: 'flag', typingMs: 'ms' },
  wakes: true,
  body: `
local to = mayBeAlias and redis.call('GET', alias)
if to then return { 'forwarded', to } end
if unclaimed == 0 and not s.turn then return { 'no-window' } end
s.typing = typingMs > 0 and now + typingMs or nil
save()
return { s.typing and 'extended' or 'ended', s.turnOf }
`,
  reply: (raw): TypeReply => {
    const [outcome, other] = raw as ['extended' | 'ended' | 'no-window' | 'forwarded', string?];
    return outcome === 'forwarded' ? { outcome, to: other ?? '' } : { outcome, turnOf: other ?? null };
  },
});
