import { type FieldError, fieldErrors, invalid, ProblemException } from '@app/platform';
import { validateSync } from 'class-validator';
import { MediaDto, MessageDto } from './message.dto';
import { inOurNames, isFields } from './spellings';

/** As many as Meta puts into one webhook, which is more than any other gateway does; checking them takes 0.1 s. */
const MAX_ITEMS = 1_000;

/** One item of a request: a message, or what is wrong with it. */
export type ReadItem = { ok: true; message: MessageDto } | UnreadableItem;
export interface UnreadableItem {
  ok: false;
  errors: FieldError[];
}

/** What a request holds, and whether it was sent as a list, for then it is answered as one. */
export interface ReadRequest {
  isList: boolean;
  items: ReadItem[];
}

/**
 * Reads one message, or `{messages: [...], companyId}`, item by item.
 *
 * @throws ProblemException 400 where the request has no items, 413 where it has more than 1,000.
 */
export function readRequest(body: unknown): ReadRequest {
  if (!isFields(body)) throw invalid([{ field: 'body', message: 'must be a JSON object' }]);
  const { messages, companyId } = body;
  if (messages === undefined) return { isList: false, items: [readItem(body, undefined, '')] };
  if (!Array.isArray(messages) || messages.length === 0) {
    throw invalid([{ field: 'messages', message: 'must be a list of at least one message' }]);
  }
  if (messages.length > MAX_ITEMS) {
    throw new ProblemException(413, {
      detail: `A list holds at most ${MAX_ITEMS} messages, this one ${messages.length}. Nothing was stored: send it in parts.`,
    });
  }
  const items = messages.map((message: unknown, i) => readItem(message, companyId, `messages[${i}]`));
  return { isList: true, items };
}

function readItem(item: unknown, companyId: unknown, path: string): ReadItem {
  if (!isFields(item)) return { ok: false, errors: [{ field: path, message: 'must be an object' }] };
  const { media, ...fields } = inOurNames(item, companyId);
  // Not class-transformer: it walks into what strangers nest, and a field called `constructor` is enough to break it.
  const message = Object.assign(new MessageDto(), fields, {
    media: isFields(media) ? Object.assign(new MediaDto(), media) : media,
  }) as MessageDto;
  const errors = fieldErrors(validateSync(message), path);
  return errors.length === 0 ? { ok: true, message } : { ok: false, errors };
}
