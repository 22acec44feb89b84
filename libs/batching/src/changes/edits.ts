import type { EditMark, IncomingMessage, StoredMessage } from '@app/contracts';

/** A message's new text, or the mark that there is one which cannot be read here. */
export interface Edit {
  /** The sender's clock, ms since the epoch. */
  at: number;
  id: string | null;
  /** Null if it cannot be read: the text stays, and the message is marked. */
  text: string | null;
  /** The gateway has transcribed the voice note: nobody waits for its words any more. */
  isTranscript?: true;
}

/** An edit that waits for its message; its text is the latest that could be read. */
export type EarlyEdit = EditMark & Pick<Edit, 'text' | 'isTranscript'>;

/** Compares an edit with the latest known one: only the newer counts, in whatever order they come. */
export function compareEdits(edit: Edit, known: EditMark | undefined): 'newer' | 'same' | 'older' {
  if (!known) return 'newer';
  const later = edit.at - known.at;
  const [id, knownId] = [edit.id ?? '', known.id ?? ''];
  if (later === 0 && id === knownId) return 'same';
  return later > 0 || (later === 0 && id > knownId) ? 'newer' : 'older';
}

/** A stored message with its author's edit: in its place, with its times. */
export function edited(message: StoredMessage, edit: Edit): StoredMessage {
  const rewrote = { ...message, ...rewritten(message, edit.text), edited: markOf(edit) };
  const isToBeHeard = message.awaits !== undefined || message.transcript !== undefined;
  if (!edit.isTranscript || !isToBeHeard) return rewrote;
  delete rewrote.awaits;
  return { ...rewrote, transcript: { made: true } };
}

/** An edit that follows another while both wait for their message. */
export function earlyEdit(edit: Edit, known: EarlyEdit | null): EarlyEdit {
  const isTranscript = edit.isTranscript ?? known?.isTranscript;
  return { ...markOf(edit), text: edit.text ?? known?.text ?? null, ...(isTranscript && { isTranscript }) };
}

/** A message that comes after its edit. */
export function editedEarlier(
  message: IncomingMessage,
  { text, isTranscript, ...mark }: EarlyEdit,
  isTooLarge: (message: IncomingMessage) => boolean,
): IncomingMessage {
  const whole: IncomingMessage = { ...message, ...rewritten(message, text), edited: mark };
  if (isTranscript && (whole.awaitsWords || whole.transcript)) {
    delete whole.awaitsWords;
    whole.transcript = { made: true };
  }
  // The message was promised a place, its edit was not.
  return isTooLarge(whole) ? { ...message, edited: { ...mark, readable: false } } : whole;
}

function markOf({ at, id, text }: Edit): EditMark {
  return { at, id, readable: text !== null };
}

function rewritten(
  { media, text: old }: Pick<IncomingMessage, 'text' | 'media'>,
  text: string | null,
): Pick<StoredMessage, 'text' | 'message' | 'media'> {
  const shown = text ?? old;
  const hasCaption = media?.caption !== undefined;
  return { text: shown, media: hasCaption ? { ...media, caption: shown } : media, message: shown };
}
