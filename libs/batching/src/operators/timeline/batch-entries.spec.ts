import type { MergedPart } from '@app/contracts';
import { type Fragments, fragmentsOf } from './batch-entries';

const CONVERSATION = '1:79001234567';

function aPart(text: string, receivedAt: number, fields: Partial<MergedPart> = {}): MergedPart {
  const source = { gateway: 'waha', account: null, chatId: '' };
  const part = { messageId: null, type: 'text', text, timestamp: receivedAt, receivedAt, media: null };
  return { ...part, metadata: {}, source, ...fields };
}

function aPlace(batchId: string | null, ...messages: MergedPart[]): Fragments {
  return { conversationId: CONVERSATION, batchId, messages };
}

describe('the fragments of a timeline', () => {
  const [first, second, third] = [aPart('one', 1_000), aPart('two', 3_500), aPart('three', 8_000)];

  it('stand there once each, with the gap before it and the last batch that holds it', () => {
    const found = fragmentsOf([
      aPlace(null, first, second, third),
      aPlace('b-1', first),
      aPlace('b-2', first, second),
    ]);
    expect(found).toMatchObject([
      { text: 'one', at: 1_000, gapMs: null, batchId: 'b-2' },
      { text: 'two', at: 3_500, gapMs: 2_500, batchId: 'b-2' },
      { text: 'three', at: 8_000, gapMs: 4_500, batchId: null },
    ]);
  });

  it('without an id are as many as were sent, also of one moment', () => {
    const twice = [aPart('yes', 1_000), aPart('yes', 1_000)];
    expect(fragmentsOf([aPlace(null, ...twice), aPlace('b-1', ...twice)])).toMatchObject([
      { text: 'yes', batchId: 'b-1' },
      { text: 'yes', batchId: 'b-1' },
    ]);
  });

  it('have their edit behind them, never before they came', () => {
    const edited = { at: 400, id: null, readable: true };
    expect(fragmentsOf([aPlace('b-1', aPart('one!', 1_000, { messageId: 'm', edited }))])).toMatchObject([
      { kind: 'message', text: 'one!' },
      { kind: 'edit', at: 1_000, targetId: 'm', outcome: 'edited' },
    ]);
  });

  it('say why they have no words, where they should have some', () => {
    const silent = aPart('', 1_000, { messageId: 'm', transcript: { made: false, why: 'no-file' } });
    const heard = aPart('four', 2_000, { transcript: { made: true } });
    expect(fragmentsOf([aPlace('b-1', silent, heard)])).toMatchObject([
      { kind: 'message', messageId: 'm' },
      { kind: 'transcript', at: 1_000, messageId: 'm', reason: 'no-file' },
      { kind: 'message', text: 'four' },
    ]);
  });

  it('of another conversation count no gap', () => {
    const other = { ...aPlace(null, second), conversationId: '2:79001234567' };
    expect(fragmentsOf([aPlace(null, first), other])).toMatchObject([{ gapMs: null }, { gapMs: null }]);
  });
});
