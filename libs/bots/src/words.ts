import type { MergedMessage } from '@app/contracts';

/**
 * What a bot that is told texts only is told: the merged text, with `[image]` or the like in the place of a message without
 * words. Addresses of files are left out: most lead into the operator's own network.
 */
export function wordsOf({ text, messages }: MergedMessage): string {
  if (messages.every((part) => part.text.trim() !== '')) return text;
  return messages.map((part) => (part.text.trim() === '' ? `[${part.type}]` : part.text)).join('\n');
}
