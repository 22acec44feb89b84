import type { ReplyButton, ReplyMedia } from '@app/contracts';
import type { StyledRange } from './styles';

/** A message with more than text; its text, in the channel's notation, is the file's caption. */
export interface RichMessage {
  readonly text: string;
  /** Of a channel that takes them beside the words; without them, the text says the same but for the addresses of links. */
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

/** The same message without its styles; the address of a link stands behind its label. */
export function withoutStyles({ text, styles = [], media, buttons }: RichMessage): RichMessage {
  const links = styles.filter(({ address }) => address !== undefined).toReversed();
  const written = links.reduce(
    (words, { end, address = '' }) => `${words.slice(0, end)}${behindLabel(address)}${words.slice(end)}`,
    text,
  );
  return { text: written, ...(media && { media }), ...(buttons && { buttons }) };
}

/** How an address is written that its label does not lead to. */
export function behindLabel(address: string): string {
  return ` (${address})`;
}
