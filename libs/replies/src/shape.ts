import type { Reply, ReplyButton } from '@app/contracts';
import type { ChannelRules } from './channel-rules';
import { inNotation } from './markdown/markdown';
import { type OutgoingMessage, withoutStyles } from './outgoing-message';
import { type Piece, split } from './split';

const NOTHING: Piece = { text: '' };

export interface ShapeOptions {
  /** True: a paragraph is a message. */
  readonly byBlock: boolean;
  /** False: texts are in the channel's notation already. */
  readonly readsMarkdown: boolean;
}

/**
 * The messages that say a reply in a channel: in its notation, within its limits, in order. What a channel cannot show as a
 * file or as quick replies becomes text. A reply that says nothing is no message.
 */
export function shapeReply(reply: Reply, rules: ChannelRules, options: ShapeOptions): OutgoingMessage[] {
  const { media, buttons = [] } = reply;
  const file = media && !rules.media ? media.url : '';
  const pieces = piecesOf(joined(reply.text, file), rules, options);
  const last = pieces.at(-1) ?? NOTHING;
  if (buttons.length > 0 && !canShow(buttons, last.text, rules)) {
    const choices = buttons.flatMap(({ text }) => (isBlank(text) ? [] : `- ${text}`)).join('\n');
    return shapeReply({ ...reply, text: joined(reply.text, choices), buttons: [] }, rules, options);
  }
  const texts = pieces.map(messageOf);
  if (buttons.length > 0) texts.splice(-1, 1, { ...last, buttons });
  if (!media || !rules.media) return texts;
  const isCaption = pieces.length === 1 && buttons.length === 0 && media.type !== 'audio';
  return isCaption && withoutStyles(last).text.length <= rules.media.maxCaption
    ? [{ ...last, media }]
    : [{ text: '', media }, ...texts];
}

function piecesOf(
  text: string,
  { text: { notation, ...limits } }: ChannelRules,
  options: ShapeOptions,
): Piece[] {
  if (text.trim() === '') return [];
  const marked = inNotation(text, notation, options.readsMarkdown);
  return split(marked, { ...limits, byBlock: options.byBlock });
}

function messageOf(piece: Piece): OutgoingMessage {
  return piece.styles ? piece : piece.text;
}

/** Paragraphs, as far as there are any. */
function joined(...texts: string[]): string {
  return texts.filter((text) => text !== '').join('\n\n');
}

function canShow(buttons: readonly ReplyButton[], text: string, { buttons: bounds }: ChannelRules): boolean {
  return (
    bounds !== undefined &&
    text !== '' &&
    text.length <= bounds.maxText &&
    buttons.length <= bounds.max &&
    // Gateways refuse a whole message for a button without words, and for two that are alike.
    areDistinct(buttons.map((button) => button.text)) &&
    areDistinct(buttons.map((button) => button.id)) &&
    buttons.every((button) => button.text.length <= bounds.maxTitle && button.id.length <= bounds.maxId)
  );
}

function areDistinct(texts: readonly string[]): boolean {
  return !texts.some(isBlank) && new Set(texts.map((text) => text.trim())).size === texts.length;
}

function isBlank(text: string): boolean {
  return text.trim() === '';
}
