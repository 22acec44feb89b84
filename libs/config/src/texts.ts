const BYTE_UNITS: Record<string, number> = { '': 1, kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3 };

/** A number of bytes as `kb`, `mb` or `gb` where it is a whole number of them. */
export function showBytes(bytes: number): string {
  const [unit = '', size = 1] =
    Object.entries(BYTE_UNITS).findLast(([, each]) => bytes > 0 && bytes % each === 0) ?? [];
  return `${bytes / size}${unit}`;
}

/** True for an http or https address without user and password. */
export function isPlainUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && username === '' && password === '';
}

/** A number; NaN for a text that is none. An empty text is a slip of the pen, not a zero. */
export function toNumber(text: string): number {
  return text.trim() === '' ? NaN : Number(text);
}

/** A number of bytes, written plain or with `kb`, `mb`, `gb`; NaN for any other text. */
export function toBytes(text: string): number {
  const [, digits, unit = ''] = /^(\d+)\s*([kmg]b)?$/i.exec(text.trim()) ?? [];
  return digits === undefined ? NaN : Number(digits) * (BYTE_UNITS[unit.toLowerCase()] ?? NaN);
}

/** The items of a list, in order. */
export function splitList(text: string): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
