import type { Variable } from '@app/config';
import { gatewayNamed } from '@app/gateways';
import { allSettings } from '../all-settings';
import type { Path } from './yaml-file';

/** The section of an entry that a company has as a whole or not at all. */
export const BOT = 'bot';
/** The section of what may also be changed at run time. */
export const WINDOW = 'window';
/** What stands in an entry besides values of variables. */
export const ACCOUNTS = 'accounts';

/** The variables of which a company may have a value of its own, by the section of its entry ('': none) and the key in it. */
export const SECTIONS: ReadonlyMap<string, ReadonlyMap<string, Variable>> = sectionsOf(
  allSettings.variables.filter((variable) => sectionOf(variable) !== ACCOUNTS),
);

/** A variable, and where an entry has its value: `window.batchTimeout`. */
export interface PlacedVariable {
  readonly key: string;
  readonly variable: Variable;
}

/** The variables of which operators may change a company's value at run time. */
export function variablesAtRunTime(): PlacedVariable[] {
  return allSettings.variables.flatMap((variable) => {
    const { company: key } = variable;
    return key !== undefined && ['', WINDOW].includes(sectionOf(variable)) ? [{ key, variable }] : [];
  });
}

/** The variables of which a gateway's account may have a value of its own, by key. */
export function ofAccount(gateway: string): ReadonlyMap<string, Variable> {
  const variables = gatewayNamed(gateway)?.settings?.variables ?? [];
  return sectionsOf(variables).get(ACCOUNTS) ?? new Map<string, Variable>();
}

/** Where a variable's value stands below an entry or an account; null if a company has none of its own. */
export function placeOf({ company }: Pick<Variable, 'company'>): Path | null {
  return company?.replace(`${ACCOUNTS}.`, '').split('.') ?? null;
}

/** A sentence about variables as one about the keys of an entry. */
export function inKeys(sentence: string): string {
  return sentence.replaceAll(/\b[A-Z][A-Z_]+\b/g, (name) => KEYS.get(name) ?? name);
}

const KEYS: ReadonlyMap<string, string> = new Map(
  allSettings.variables.flatMap(({ name, company }) =>
    company === undefined ? [] : [[name, company.replace(`${ACCOUNTS}.`, '')]],
  ),
);

function sectionsOf(variables: readonly Variable[]): Map<string, Map<string, Variable>> {
  const sections = new Map<string, Map<string, Variable>>();
  for (const variable of variables) {
    if (variable.company === undefined) continue;
    const section = sectionOf(variable);
    const keys = sections.get(section) ?? new Map<string, Variable>();
    sections.set(section, keys.set(variable.company.split('.').at(-1) ?? '', variable));
  }
  return sections;
}

function sectionOf({ company = '' }: Variable): string {
  return company.includes('.') ? (company.split('.')[0] ?? '') : '';
}
