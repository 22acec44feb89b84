import type { UserContent } from 'ai';
import type { MergedCall, Picture } from '../bot/bot-call';

/** What stands for a picture in words: in the dialogue, and beside the picture itself. */
const SEEN = '[a picture]';
const UNSEEN = '[a picture that could not be read]';

/** A picture that the model can be shown. */
type Visible = Extract<Picture, { base64: string }>;

/** What the customer has written, and that there were pictures; '' if they have said nothing. */
export function saidIn({ text, pictures }: Pick<MergedCall, 'text' | 'pictures'>): string {
  const marks = pictures.map((picture) => (isVisible(picture) ? SEEN : UNSEEN));
  return [text, ...marks].filter((part) => part.trim() !== '').join('\n');
}

/** The same call, as a model that cannot see is told of it; null if it shows nothing. */
export function withoutSight(call: MergedCall): MergedCall | null {
  if (!call.pictures.some(isVisible)) return null;
  return { ...call, pictures: call.pictures.map(() => ({ why: 'refused' })) };
}

/** Words with the pictures that they speak of. */
export function shown(words: string, pictures: readonly Picture[]): UserContent {
  const visible = pictures.filter(isVisible);
  if (visible.length === 0) return words;
  return [
    { type: 'text', text: words },
    ...visible.map(({ mimeType, base64 }) => ({
      type: 'image' as const,
      image: base64,
      mediaType: mimeType,
    })),
  ];
}

function isVisible(picture: Picture): picture is Visible {
  return 'base64' in picture;
}
