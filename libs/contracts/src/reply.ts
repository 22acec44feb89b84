/** A file that a bot sends, by an address from which the gateway, or the customer, can fetch it. */
export interface ReplyMedia {
  readonly type: 'image' | 'video' | 'audio' | 'document';
  readonly url: string;
  readonly filename?: string;
  readonly mimeType?: string;
}

/** A quick reply: the customer presses `text`, and `id` comes back as the message's `buttonId`. */
export interface ReplyButton {
  readonly id: string;
  readonly text: string;
}

/**
 * One thing that a bot says, as the bot says it: `text` may be Markdown, and is empty only with a file. How it looks in a
 * channel, and in how many messages, is decided later.
 */
export interface Reply {
  readonly text: string;
  readonly media?: ReplyMedia;
  readonly buttons?: readonly ReplyButton[];
}
