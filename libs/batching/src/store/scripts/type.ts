import { defineScript } from './define-script';
import { ACCOUNTS, CLOCK, CONVERSATION, CONVERSATION_ARGS, CONVERSATION_KEYS, INDEX } from './fragments';

/** `no-window`: there is nothing to wait with. `forwarded`: the conversation is an alias of `to`. */
export type TypeReply =
  { outcome: 'extended' | 'ended' | 'no-window' } | { outcome: 'forwarded'; to: string };

/** A customer types, or has stopped: their window stays open a quiet period longer, within the longest wait. */
export const type = defineScript({
  name: 'type',
  does: 'Extends an open window for a time that ends by itself, or takes such an extension back.',
  keys: [...CONVERSATION_KEYS, 'alias'],
  args: { ...CONVERSATION_ARGS, mayBeAlias: 'flag', typingMs: 'ms' },
  fragments: [CLOCK, ACCOUNTS, CONVERSATION, INDEX],
  body: `
local to = mayBeAlias and redis.call('GET', alias)
if to then return { 'forwarded', to } end
if unclaimed == 0 then return { 'no-window' } end
s.typing = typingMs > 0 and now + typingMs or nil
save()
reindex()
return { s.typing and 'extended' or 'ended' }
`,
  reply: (raw): TypeReply => {
    const [outcome, to = ''] = raw as ['extended' | 'ended' | 'no-window' | 'forwarded', string?];
    return outcome === 'forwarded' ? { outcome, to } : { outcome };
  },
});
