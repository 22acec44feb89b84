import type { IncomingMessage } from '@app/contracts';
import { idsPerChat, type MessageEvent } from '@app/gateways';

/**
 * A message as it is stored. It has room for one file, which is its first; any others, and everything else known of the
 * message, are in `metadata`: `media`, `sender` in a group, `senderName`, `quotedId`, `buttonId`, `forwarded`.
 */
export function incoming(event: MessageEvent): IncomingMessage {
  const { messageId, type, text, gateway, account, chatId, timestampMs, phone } = event;
  return {
    messageId,
    type,
    text,
    media: event.media[0] ?? null,
    metadata: { ...event.metadata, ...notes(event) },
    source: { gateway, account, chatId, ...(phone !== undefined && { phone }) },
    timestamp: timestampMs,
    ...(idsPerChat(gateway) && { idsPerChat: true }),
  };
}

function notes({
  media,
  sender,
  senderName,
  quotedId,
  buttonId,
  forwarded,
}: MessageEvent): Record<string, unknown> {
  return {
    ...(media.length > 1 && { media: media.slice(1) }),
    ...(sender !== null && { sender }),
    ...(senderName !== null && { senderName }),
    ...(quotedId !== null && { quotedId }),
    ...(buttonId !== null && { buttonId }),
    ...(forwarded && { forwarded }),
  };
}
