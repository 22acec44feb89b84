import { conversationOf } from '@app/contracts';
import { directoryEntry, isDirectoryEntry, Keys, parseDirectoryEntry } from './keys';

describe('the keys', () => {
  it('are those that operators know, each behind the prefix', () => {
    expect(new Keys('p-')).toMatchObject({
      due: 'p-rapid-fire-due',
      directory: 'p-rapid-fire-directory',
      counters: 'p-rapid-fire-counters',
      sizes: 'p-rapid-fire-sizes',
      audit: 'p-rapid-fire-audit',
      paused: 'p-rapid-fire-paused',
      history: 'p-rapid-fire-history',
      historySizes: 'p-rapid-fire-history-sizes',
      historyIndex: 'p-rapid-fire-history-index',
      deadLetters: 'p-rapid-fire-dead-letters',
      environmentMark: 'p-rapid-fire-environment',
      processes: 'p-rapid-fire-processes',
      processCards: 'p-rapid-fire-process-cards',
      wake: 'p-rapid-fire-wake',
    });
  });

  it('of a conversation are the predecessor’s', () => {
    const keys = new Keys('');
    expect(keys.messages('79001234567')).toBe('rapid-fire:79001234567');
    expect(keys.lastMessage('1:79001234567')).toBe('last-msg:1:79001234567');
  });

  it('of a partition have its tag behind their first colon, and are in one slot', () => {
    const keys = new Keys('p:', '{p07}');
    expect(keys.messages('1:79001234567')).toBe('p:rapid-fire:{p07}:1:79001234567');
    expect(keys.lastMessage('79001234567')).toBe('p:last-msg:{p07}:79001234567');
    expect(keys.due).toBe('p:rapid-fire-due:{p07}');
    expect(keys.wake).toBe('p:rapid-fire-wake');
  });

  it('name a conversation in the directory so that it can be found again', () => {
    for (const conversation of [conversationOf('79001234567', 'acme'), conversationOf('wa-lid:123', null)]) {
      expect(isDirectoryEntry(directoryEntry(conversation))).toBe(true);
      expect(parseDirectoryEntry(directoryEntry(conversation))).toEqual(conversation);
    }
  });

  it.each(['', ' ', 'x', ' acme', 'x a:b', 'x wa-lid', 'x {1}', 'x y z'])(
    'cannot be in the directory: “%s”',
    (text) => {
      expect(isDirectoryEntry(text)).toBe(false);
    },
  );
});
