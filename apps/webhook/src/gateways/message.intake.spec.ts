import type { Aliases, BatchService } from '@app/batching';
import { conversationOf } from '@app/contracts';
import type { MessageEvent } from '@app/gateways';
import type { Settings } from '@app/settings';
import { MessageIntake } from './message.intake';
import type { OwnReplies } from './own-replies';
import type { Placement } from './placement';

const MESSAGE = {
  gateway: 'waha',
  account: 'default',
  messageId: 'OURS',
  media: [],
  metadata: {},
} as never as MessageEvent;
const HOME = conversationOf('79001234567', 1);

/** An intake that knows one reply of ours. */
function intake(sender: object | null): { messages: MessageIntake; asked: unknown[] } {
  const asked: unknown[] = [];
  const find = (message: { messageId: string }): Promise<object | null> => {
    asked.push(message);
    return Promise.resolve(message.messageId === 'OURS' ? {} : null);
  };
  const messages = new MessageIntake(
    { append: () => Promise.resolve({ outcome: 'opened' }) } as unknown as BatchService,
    {} as Aliases,
    { of: () => HOME } as unknown as Placement,
    { find } as unknown as OwnReplies,
    { companies: { senderOf: () => sender }, transcription: { url: null } } as unknown as Settings,
  );
  return { messages, asked };
}

describe('a message that a customer is said to have written', () => {
  it('is a reply of ours, where its gateway gave a reply this id', async () => {
    const { messages, asked } = intake({ url: 'http://waha' });
    expect(await messages.append(MESSAGE)).toBe('own-reply');
    expect(asked).toEqual([MESSAGE]);
  });

  it('is the customer’s under any other id, and where we send nothing, of which nobody asks', async () => {
    const { messages } = intake({ url: 'http://waha' });
    expect(await messages.append({ ...MESSAGE, messageId: 'THEIRS' })).toEqual({ outcome: 'opened' });
    expect(await messages.append({ ...MESSAGE, messageId: null })).toEqual({ outcome: 'opened' });
    const silent = intake(null);
    expect(await silent.messages.append(MESSAGE)).toEqual({ outcome: 'opened' });
    expect(silent.asked).toEqual([]);
  });
});
