import type { ReplyButton, ReplyMedia } from '@app/contracts';
import type { StyledRange } from './styles';

/** A message with more than text; its text, in the channel's notation, is the file's caption. */
export interface RichMessage {
  readonly text: string;
  /** Of a channel that takes them beside the words; the text says the same without them. */
  readonly styles?: readonly StyledRange[];
  readonly media?: ReplyMedia;
  readonly buttons?: readonly ReplyButton[];
}

/**
 * One message as its gateway is to send it: within the channel's limits, in its notation. One with nothing but text is a
 * string, as jobs have always held it, so that workers of any version continue each other's deliveries.
 */
export type OutgoingMessage = string | RichMessage;

/** The words of a message. */
export function textOf(message: OutgoingMessage): string {
  return typeof message === 'string' ? message : message.text;
}

/** The same message without its styles. */
export function withoutStyles({ text, media, buttons }: RichMessage): RichMessage {
  return { text, ...(media && { media }), ...(buttons && { buttons }) };
}
