import { createHash } from 'node:crypto';
import { type Variables } from '@app/config';
import { type CompanyId, isCompanyId } from '@app/contracts';
import { gatewayNamed } from '@app/gateways';
import { checkEntry, companyIdOf, type Ground } from './check-entry';
import { addressOf, type Company } from './company';
import type { CompanyEntry } from './company-entry';
import { EntryReader } from './entry-reader';
import { type Fault, nameOf } from './fault';
import { readYaml } from './yaml-file';

const ROOT = 'companies';

/** What a companies file says. */
export interface CompaniesRead {
  readonly companies: readonly Company[];
  /** The company of each address that one account alone has. */
  readonly owners: ReadonlyMap<string, CompanyId>;
  /** A text that is the same for files with the same content. */
  readonly digest: string;
}

/** What came of reading one. */
export interface Reading {
  /** Null where it has problems. */
  readonly read: CompaniesRead | null;
  /** All of them, in the order of their lines; none holds a value. */
  readonly problems: readonly string[];
  /** The files that it refers to. */
  readonly files: readonly string[];
}

/** What a file's values may refer to, and stand on. */
export interface Surroundings {
  readonly environment: Variables;
  readonly ground: Ground;
  /** Where paths in the file begin. */
  readonly folder: string;
}

/** Reads the text of a companies file and checks all of it, so that an operator hears of every problem at once. */
export function readCompanies(text: string, { environment, ground, folder }: Surroundings): Reading {
  const file = readYaml(text);
  if (file.faults.length > 0) {
    const problems = file.faults.map(({ line, problem }) => `line ${line} ${problem}`);
    return { read: null, problems, files: [] };
  }
  const reader = new EntryReader(environment, folder);
  const entries = entriesOf(file.content, reader);
  const { faults } = reader;
  const companies = entries.flatMap((entry) => checkEntry(entry, ground, faults) ?? []);
  const owners = ownersOf(entries, ground, faults);
  const found = faults.map(({ path, problem }) => ({ line: file.lineOf(path), name: nameOf(path), problem }));
  const problems = found
    .toSorted((one, other) => one.line - other.line)
    .map(({ line, name, problem }) => `line ${line}: ${name} ${problem}`);
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 12);
  return {
    read: problems.length === 0 ? { companies, owners, digest } : null,
    problems,
    files: [...reader.files],
  };
}

function entriesOf(content: unknown, reader: EntryReader): CompanyEntry[] {
  const { [ROOT]: named } = reader.mapping(content, [], [ROOT]);
  const companies = reader.mapping(named ?? {}, [ROOT]);
  if (Object.keys(companies).length === 0) reader.fault([ROOT], 'names no company');
  return Object.entries(companies).map(([id, entry]) => {
    const path = [ROOT, id];
    if (!isCompanyId(id)) reader.fault(path, 'must be 1 to 64 letters, digits, dots, dashes or underscores');
    return reader.company(id, entry, path);
  });
}

/** An address has one owner, in the file and in `GATEWAY_COMPANIES` together. */
function ownersOf(
  entries: readonly CompanyEntry[],
  { settings }: Ground,
  faults: Fault[],
): Map<string, CompanyId> {
  const owners = new Map<string, CompanyId>();
  const shared = new Set<string>();
  for (const { id, accounts } of entries) {
    for (const { gateway, account, path } of accounts) {
      const address = addressOf(gateway, account);
      const other = owners.get(address) ?? settings.gateways.companies.get(address);
      const isSaid = account === null && gatewayNamed(gateway)?.namesCompany === true;
      if (other === companyIdOf(id) && owners.has(address))
        faults.push({ path, problem: 'names an account of this company for the second time' });
      else if (other === undefined || other === companyIdOf(id)) owners.set(address, companyIdOf(id));
      // Its messages say which company they are for.
      else if (isSaid) shared.add(address);
      else
        faults.push({
          path: [...path, 'account'],
          problem: `belongs to the company ${String(other)} already`,
        });
    }
  }
  for (const address of shared) owners.delete(address);
  return owners;
}
