import type { MergedMessage } from '@app/contracts';

const NOW = 1_763_700_000_000;

/** A merged message of one fragment, with what a test is about. */
export function aMergedMessage(about: Partial<MergedMessage> = {}): MergedMessage {
  const { text = 'hello', conversationId = '79001234567' } = about;
  return {
    ...{ version: 1, batchId: 'b-1', conversationId, phone: '79001234567', companyId: null, text },
    ...{ messageCount: 1, flushReason: 'quiet', channel: 'whatsapp' },
    ...{ firstMessageAt: NOW, lastMessageAt: NOW, flushedAt: NOW },
    messages: [
      {
        ...{
          messageId: 'm-1',
          type: 'text',
          text,
          timestamp: NOW,
          receivedAt: NOW,
          media: null,
          metadata: {},
        },
        source: { gateway: 'venom', account: 'salon', chatId: '79001234567@c.us' },
      },
    ],
    ...about,
  };
}
