import { createHash, timingSafeEqual } from 'node:crypto';

/** Compares in a time that depends neither on where two texts differ nor on how long they are. */
export function isSame(presented: string, expected: string): boolean {
  return timingSafeEqual(digest(presented), digest(expected));
}

/** True if one of the secrets passes; each is tried, so that the time does not tell which. */
export function anySecret(secrets: readonly string[], passes: (secret: string) => boolean): boolean {
  return secrets.map(passes).includes(true);
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
