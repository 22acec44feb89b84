/** Properties that hold a file, in a group (`item1.`) or not. */
const FILE_PROPERTY = /^(?:[\w-]{1,32}\.)?(?:PHOTO|LOGO|SOUND|KEY)[;:]/i;

/** A card without its pictures and sounds, each of which is longer than the text on it. */
export function withoutFiles(vcard: string): string {
  let isDropped = false;
  const kept = vcard.split(/\r?\n/).filter((line) => {
    // A line that begins with a blank continues the property above it, as does one of base64 in cards of version 2.1.
    const goesOn = /^[ \t]/.test(line) || !line.includes(':');
    isDropped = goesOn ? isDropped : FILE_PROPERTY.test(line);
    return !isDropped;
  });
  return kept.join('\n');
}

export function isVcard(text: string): boolean {
  return /^\s{0,8}BEGIN:VCARD\b/i.test(text);
}
