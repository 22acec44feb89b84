/** The shortest part of a word that still says which one is meant. */
const STEM = 3;
/** So many letters at its end a word may change as it is declined: “Бари”, “к Сергею”, “стрижку”. */
const ENDING = 2;

/** True if each of the words is meant by one of the name's, whatever its case: `isCalled('Стрижка мужская', 'стрижку')`. */
export function isCalled(name: string, words: string): boolean {
  const parts = wordsIn(name);
  const asked = wordsIn(words);
  return asked.length > 0 && asked.every((word) => parts.some((part) => isSame(part, word)));
}

function isSame(part: string, word: string): boolean {
  const stem = Math.max(STEM, Math.min(part.length, word.length) - ENDING);
  return part === word || (part.length >= STEM && part.slice(0, stem) === word.slice(0, stem));
}

function wordsIn(text: string): string[] {
  return (
    text
      .toLowerCase()
      .replaceAll('ё', 'е')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}
