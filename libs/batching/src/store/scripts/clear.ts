import { defineChange } from './define-change';
import { SUPERSEDES } from './draft.fragment';

export interface ClearReply {
  /** Messages removed. */
  cleared: number;
  /** Messages that were already claimed, and stay: their hand-off may be under way, or they are at the bot. */
  claimed: number;
}

/** An operator's removal of what is pending; claim, numbering and the memory of duplicates survive. */
export const clear = defineChange({
  name: 'clear',
  does: 'Removes the unclaimed messages of a conversation, with its draft, and says what was already claimed.',
  keys: ['superseded'],
  fragments: SUPERSEDES,
  body: `
if maySupersede(0, 0) then supersede() end
local removed, claimed = unclaimed, s.count or 0
if removed == 0 then return { 0, claimed } end
count('cleared', removed)
resize(size, claimed)
size, unclaimed = claimed, 0
if claimed == 0 then s.replaced = nil end
dropWindow()
keep(messages, 0, claimed - 1)
save()
return { removed, claimed }
`,
  reply: (raw): ClearReply => {
    const [cleared, claimed] = raw as [number, number];
    return { cleared, claimed };
  },
});
