import type { JSX } from 'preact';

/** As much as names the cause. */
const SHOWN = 400;

/** What a bot or a gateway answered, as it came. */
export function Answer({ text }: { text: string | null }): JSX.Element | null {
  if (text === null || text.trim() === '') return null;
  return <p class="answer">{text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text}</p>;
}
