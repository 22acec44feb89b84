import { defineScript } from './define-script';

/** An operator's erasure of one batch from the history; what its companion keys say of it follows, or melts away with its age. */
export const forget = defineScript({
  name: 'forget',
  does: 'Deletes one batch from the history, and says whether it was there.',
  keys: ['history', 'historySizes', 'historyIndex', 'counters'],
  args: { nowMs: 'ms', entry: 'text', batchId: 'text', size: 'text', bytes: 'bytes' },
  body: `
if redis.call('XDEL', history, entry) == 0 then return 0 end
redis.pcall('HDEL', historyIndex, batchId)
if redis.pcall('LREM', historySizes, 1, size) == 1 then redis.pcall('HINCRBY', counters, 'historyBytes', -bytes) end
return 1
`,
  reply: (raw) => raw === 1,
});
