import type { Path } from './yaml-file';

/** Something wrong with a part of the companies file; never holds a value that could be a secret. */
export interface Fault {
  readonly path: Path;
  readonly problem: string;
}

/** A part as an operator would name it: `salon.accounts[1].token`. */
export function nameOf(path: Path): string {
  const [root = 'the file', ...below] = path;
  if (below.length === 0) return String(root);
  return below
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    .join('')
    .replace(/^\./, '');
}
