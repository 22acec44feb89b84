import type { Reply, ReplyButton, ReplyMedia } from '@app/contracts';
import { isShallow } from '@app/platform';

/** The most replies that one answer may contain; the rest is left out and reported. */
export const REPLY_BOUNDS = { count: 20, bytes: 65_536 } as const;

export interface Understood {
  replies: Reply[];
  /** How many replies had to be left out, for number or size. */
  leftOut: number;
  /** True if everything was understood, including that there is nothing to say. */
  isUnderstood: boolean;
  /** It answers this draft only when it is final. */
  needsFinal: boolean;
  /** What it wants to be told once its answer is committed; null: nothing. */
  commit: object | null;
  /** Humans are to answer the customer from now on. */
  handover: boolean;
}

const NAMES: readonly string[] = ['reply', 'replies', 'needsFinal', 'commit', 'handover'];
const MEDIA_TYPES: readonly string[] = ['image', 'video', 'audio', 'document'] satisfies ReplyMedia['type'][];

/**
 * The bot's replies: `{"reply": …}` or `{"replies": […]}`, one or several under either name, or a list of such objects,
 * as workflow engines wrap them; `"needsFinal": true`, `"commit": {…}` and `"handover": true` may stand beside them, or alone. A reply is a text, or `{"text", "media"?, "buttons"?}`. `{}`, `[]`, `null` and
 * empty replies say nothing. Anything else is not understood; its readable part still counts as replies.
 */
export function repliesOf(answer: unknown): Understood {
  const parts = ([answer] as unknown[]).flat().map(partOf);
  const said = parts
    .flatMap(({ replies }) => replies)
    .filter(({ text, media }) => text.trim() !== '' || media);
  return {
    ...bounded(said),
    isUnderstood: parts.every(({ isUnderstood }) => isUnderstood),
    needsFinal: parts.some(({ needsFinal }) => needsFinal),
    commit: parts.find(({ commit }) => commit !== null)?.commit ?? null,
    handover: parts.some(({ handover }) => handover),
  };
}

/** What one object of an answer says. */
type Part = Pick<Understood, 'replies' | 'isUnderstood' | 'needsFinal' | 'commit' | 'handover'>;

/** The replies of one object, in order, and whether it has no other field that may be meant for the customer. */
function partOf(answer: unknown): Part {
  const nothing = { replies: [], needsFinal: false, commit: null, handover: false };
  if (answer === null) return { ...nothing, isUnderstood: true };
  if (!isObject(answer)) return { ...nothing, isUnderstood: false };
  const { reply, replies, needsFinal, commit, handover } = answer;
  // It could not be told of its commit, so nothing that depends on that is said.
  if (!isShallow(commit)) return { ...nothing, isUnderstood: false };
  const said = ([reply, replies] as unknown[]).flat().filter((each) => each !== null && each !== undefined);
  const read = said.map(replyOf).filter((each) => each !== null);
  const isNamed = NAMES.some((name) => name in answer) || Object.keys(answer).length === 0;
  return {
    replies: read,
    isUnderstood: isNamed && read.length === said.length,
    needsFinal: needsFinal === true,
    commit: isObject(commit) ? commit : null,
    handover: handover === true,
  };
}

/** Null if it is no reply. */
function replyOf(said: unknown): Reply | null {
  if (typeof said === 'string') return { text: said };
  if (!isObject(said)) return null;
  const { text, media, buttons } = said;
  if (typeof text !== 'string' && !(text === undefined && isMedia(media))) return null;
  if (media !== undefined && !isMedia(media)) return null;
  if (buttons !== undefined && !(Array.isArray(buttons) && buttons.every(isButton))) return null;
  return { text: text ?? '', ...(media && { media }), ...(buttons && { buttons }) };
}

function isMedia(value: unknown): value is ReplyMedia {
  if (!isObject(value)) return false;
  const { type, url } = value;
  return MEDIA_TYPES.includes(type as string) && typeof url === 'string' && /^https?:\/\//.test(url);
}

function isButton(value: unknown): value is ReplyButton {
  return isObject(value) && typeof value.id === 'string' && typeof value.text === 'string';
}

function bounded(said: readonly Reply[]): { replies: Reply[]; leftOut: number } {
  const replies: Reply[] = [];
  let bytes = 0;
  for (const reply of said) {
    bytes += Buffer.byteLength(reply.text);
    if (replies.length === REPLY_BOUNDS.count || bytes > REPLY_BOUNDS.bytes) break;
    replies.push(reply);
  }
  return { replies, leftOut: said.length - replies.length };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
