import { REPLY_BOUNDS, repliesOf } from '@app/bots';
import type { Reply } from '@app/contracts';
import { type FieldError, invalid, ProblemException } from '@app/platform';

/** What a bot says later. */
export interface LateAnswer {
  replies: Reply[];
  commit: object | null;
  handover?: true;
}

/** As much as an answer to the call itself may have, bytes. */
const MAX_BYTES = 1024 ** 2;

const PARTS = ['reply', 'replies', 'commit', 'handover'] as const;

const NOTHING = 'is missing; with an empty text the batch is answered by nothing';
const ODD = 'must be a text or {"text", "media"?, "buttons"?}, or a list of these';
const DRAFT = 'comes too late; answer the draft with it at once, and its final call with 202';
const TOO_MUCH = `must be at most ${REPLY_BOUNDS.count} replies, and ${REPLY_BOUNDS.bytes} bytes of text together`;

/**
 * Reads a late reply: all forms of an answer to the call, except that it must say something of its own, and that nothing of it is
 * left out.
 *
 * @throws ProblemException 400 naming what is wrong; 413.
 */
export function lateAnswerOf(body: unknown): LateAnswer {
  const { replies, leftOut, isUnderstood, needsFinal, commit, handover } = repliesOf(body);
  const errors: FieldError[] = [];
  if (!partsOf(body).some((part) => PARTS.some((name) => name in part)))
    errors.push({ field: 'reply', message: NOTHING });
  else if (!isUnderstood) errors.push({ field: 'reply', message: ODD });
  if (leftOut > 0) errors.push({ field: 'replies', message: TOO_MUCH });
  if (needsFinal) errors.push({ field: 'needsFinal', message: DRAFT });
  if (errors.length > 0) throw invalid(errors);
  const answer: LateAnswer = { replies, commit, ...(handover && { handover }) };
  if (Buffer.byteLength(JSON.stringify(answer)) > MAX_BYTES)
    throw new ProblemException(413, { detail: `A late reply has at most ${MAX_BYTES} bytes.` });
  return answer;
}

function partsOf(body: unknown): object[] {
  return [body].flat().filter((part): part is object => typeof part === 'object' && part !== null);
}
