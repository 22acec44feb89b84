import { isOurs } from './is-ours';

const BATCH = { version: 1, batchId: 'b-1', conversationId: '7:79001234567' };
const EVENT = { version: 1, eventId: 'e-1', conversationId: '7:79001234567' };

describe('a job of ours', () => {
  it.each([
    ['a merged message', 'b-1', 'merged-message', BATCH],
    ['an event', 'e-1', 'message-event', EVENT],
  ])('is %s', (_, id, name, data) => {
    expect(isOurs({ id, name, data })).toBe(true);
  });

  it.each([
    ['of another name', 'b-1', 'email', BATCH],
    ['of another version', 'b-1', 'merged-message', { ...BATCH, version: 2 }],
    ['of a number for an id', '7', 'merged-message', { ...BATCH, batchId: 7 }],
    ['of an id that reads as a number', '7', 'merged-message', { ...BATCH, batchId: '7' }],
    ['of another such id', '1e3', 'merged-message', { ...BATCH, batchId: '1e3' }],
    ['of an id that is not its own', '12', 'merged-message', BATCH],
    ['without an id', '12', 'merged-message', { version: 1, conversationId: '7' }],
    ['of an event’s id only', 'e-1', 'merged-message', EVENT],
    ['of no conversation', 'b-1', 'merged-message', { ...BATCH, conversationId: 79001234567 }],
    ['of an empty conversation', 'b-1', 'merged-message', { ...BATCH, conversationId: '' }],
    ['without anything', 'b-1', 'merged-message', null],
    ['of a text', 'b-1', 'merged-message', 'hello'],
  ])('is none %s', (_, id, name, data) => {
    expect(isOurs({ id, name, data })).toBe(false);
  });
});
