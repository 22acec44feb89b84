import { defineChange } from './define-change';

/** `claimed`: a batcher has a batch of it in hand, and nothing was changed. */
export type EraseReply =
  | { outcome: 'claimed' }
  | {
      outcome: 'erased';
      /** Messages that it held. */
      messages: number;
      /** Redis's time, ms: what comes later belongs to a new conversation. */
      at: number;
    };

/**
 * An operator's erasure of one conversation, with its turn, its orders, what its bot left and what the assistant knows. It is the one step that says
 * which messages are erased: those that it finds.
 */
export const erase = defineChange({
  name: 'erase',
  does: 'Removes all that a conversation holds and all that is known of it, unless a batch of it is claimed.',
  keys: [
    'latest',
    'botState',
    'colleagueWords',
    'dialogue',
    'customerFacts',
    'preferences',
    'damaged',
    'steered',
    'awaited',
  ],
  body: `
if s.leaseUntil then return { 'claimed' } end
local removed = size
if removed > 0 then
  count('erased', removed)
  resize(removed, 0)
  keep(messages, 1, 0)
end
s, size, unclaimed = {}, 0, 0
save()
-- Behind all that save() asks of them.
tidy('DEL', state, lastMessage, latest, botState, colleagueWords, dialogue, customerFacts, preferences, damaged)
tidy('ZREM', awaited, conversation)
tidy('ZREM', steered, 'hold ' .. conversation, 'mute ' .. conversation, 'block ' .. conversation)
return { 'erased', removed, now }
`,
  reply: (raw): EraseReply => {
    const [outcome, messages = 0, at = 0] = raw as ['claimed' | 'erased', number?, number?];
    return outcome === 'claimed' ? { outcome } : { outcome, messages, at };
  },
});
