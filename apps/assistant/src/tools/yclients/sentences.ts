import type { FreeTime } from './salon';

/** What a customer is told in place of a promise that cannot be kept, in the language that they write. */
export interface Sentences {
  taken(time: string, free: readonly FreeTime[]): string;
  impossible(): string;
}

const RUSSIAN: Sentences = {
  taken: (time, free) =>
    free.length === 0
      ? `К сожалению, ${time} только что заняли, и в этот день свободного времени больше нет. Подойдёт другой день?`
      : `К сожалению, ${time} только что заняли. Свободно: ${listed(free)}. Какое время подойдёт?`,
  impossible: () => 'К сожалению, записать не получилось. Мы напишем вам, как только разберёмся.',
};

const ENGLISH: Sentences = {
  taken: (time, free) =>
    free.length === 0
      ? `Sorry, ${time} has just been taken, and nothing else is free that day. Would another day suit you?`
      : `Sorry, ${time} has just been taken. Free: ${listed(free)}. Which time suits you?`,
  impossible: () => 'Sorry, the booking did not work. We will write to you as soon as we know more.',
};

/** By the letters of the customer's own words. */
export function sentencesFor(words: string): Sentences {
  return /\p{Script=Cyrillic}/u.test(words) ? RUSSIAN : ENGLISH;
}

function listed(free: readonly FreeTime[]): string {
  return free.map(({ time }) => time).join(', ');
}
