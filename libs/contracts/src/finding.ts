import { inEnglish, sentence, type ValuesOf } from './sentences/english';
import type { FINDING_SENTENCES } from './sentences/english-findings';
import type { Said } from './sentences/sentence';

type Code = keyof typeof FINDING_SENTENCES;

/** Stable; the texts are not. */
export type FindingCode = Exclude<Code, `${string}.mend`>;

/** A fault between the processes on one Redis, or of something that one of them needs. */
export interface Finding {
  code: FindingCode;
  /** In English, as the logs and the calls say it. */
  message: string;
  /** What an operator should look at. */
  check: string;
  /** The company that it is about, where it is about one. */
  company?: string;
  /** The same for other languages; an older version does not send it. */
  said?: Said;
}

/**
 * A finding in the words of its code.
 *
 * @param mend what to look at, where it is not what the code's other findings say.
 */
export function finding<C extends FindingCode, M extends Code = Extract<Code, `${C}.mend`>>(
  code: C,
  values: ValuesOf<C> & ValuesOf<M>,
  mend: M = `${code}.mend` as unknown as M,
): Finding {
  const said = { says: sentence(code, values), mend: sentence(mend, values) };
  return { code, message: inEnglish(said.says), check: inEnglish(said.mend), said };
}
