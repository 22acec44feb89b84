import type { Reply } from '@app/contracts';

/** A reply as one text: a file is its address, each quick reply a line. */
export function plainText({ text, media, buttons = [] }: Reply): string {
  const lines = [text, media?.url ?? '', ...buttons.map((button) => `• ${button.text}`)];
  return lines.filter((line) => line !== '').join('\n');
}
