import type { Variable, Variables } from '@app/config';
import { GATEWAY_NAMES } from '@app/gateways';
import type { AccountEntry, CompanyEntry, Given } from './company-entry';
import type { Fault } from './fault';
import { ACCOUNTS, BOT, ofAccount, SECTIONS, WINDOW } from './places';
import { resolveReference } from './secret-reference';
import type { Path } from './yaml-file';

type Mapping = Readonly<Record<string, unknown>>;

/** Of an entry, besides the values of variables. */
const PROFILE = ['name', 'timeZone', ACCOUNTS];
/** Of an account, the same. */
const ADDRESS = ['gateway', 'account'];

/** What an operator gives a company at run time, well-formed, its values not checked yet. */
interface Overlay {
  readonly given: ReadonlyMap<string, Given>;
  readonly bot: 'on' | 'off' | null;
}

const LONGEST_NAME = 200;
const QUOTE = 'must be a text: put it in quotation marks';

/** Reads entries, notes what is wrong with their form, and goes on. */
export class EntryReader {
  readonly faults: Fault[] = [];
  /** The files that values were read from, or could not be. */
  readonly files = new Set<string>();

  /**
   * @param environment what values may refer to; null: to nothing, nor to files.
   * @param folder where paths in the file begin.
   */
  constructor(
    private readonly environment: Variables | null,
    private readonly folder: string,
  ) {}

  company(id: string, content: unknown, path: Path): CompanyEntry {
    const given = new Map<string, Given>();
    const top = SECTIONS.get('') ?? NONE;
    const sections = [...SECTIONS].filter(([name]) => name !== '');
    const entry = this.values(given, top, content, path, [...PROFILE, ...sections.map(([name]) => name)]);
    for (const [name, keys] of sections)
      if (name in entry) this.values(given, keys, entry[name], [...path, name]);
    const { name, timeZone, accounts = [] } = entry;
    return {
      path,
      id,
      name: this.text(name, [...path, 'name'], isName, `must be 1 to ${LONGEST_NAME} characters`),
      timeZone: this.text(timeZone, [...path, 'timeZone'], isTimeZone, 'must be a time zone: Europe/Moscow'),
      hasBot: BOT in entry,
      given,
      accounts: this.accounts(accounts, [...path, ACCOUNTS]),
    };
  }

  /** What an operator may give a company at run time: its window, its busy policy, and whether its bot is called. */
  overlay(content: unknown, path: Path): Overlay {
    const given = new Map<string, Given>();
    const top = this.values(given, SECTIONS.get('') ?? NONE, content, path, [WINDOW, BOT]);
    if (WINDOW in top) this.values(given, SECTIONS.get(WINDOW) ?? NONE, top[WINDOW], [...path, WINDOW]);
    const { [BOT]: bot = null } = top;
    if (bot === null || bot === 'on' || bot === 'off') return { given, bot };
    this.fault([...path, BOT], 'must be one of on, off');
    return { given, bot: null };
  }

  /** A mapping with no other keys than those known; any, if none are named. */
  mapping(content: unknown, path: Path, known?: readonly string[]): Mapping {
    if (typeof content !== 'object' || content === null || Array.isArray(content)) {
      this.fault(path, 'must be a mapping of keys to values');
      return {};
    }
    for (const key of Object.keys(content))
      if (known && !known.includes(key))
        this.fault([...path, key], `is not known here; known are ${known.join(', ')}`);
    return content as Mapping;
  }

  fault(path: Path, problem: string): void {
    this.faults.push({ path, problem });
  }

  private accounts(content: unknown, path: Path): AccountEntry[] {
    if (Array.isArray(content))
      return content.flatMap((each, index) => this.account(each, [...path, index]) ?? []);
    this.fault(path, 'must be a list of accounts');
    return [];
  }

  private account(content: unknown, path: Path): AccountEntry | null {
    const { gateway, account = null } = this.mapping(content, path);
    if (typeof gateway !== 'string' || !GATEWAY_NAMES.includes(gateway)) {
      this.fault([...path, 'gateway'], `must be one of ${GATEWAY_NAMES.join(', ')}`);
      return null;
    }
    const given = new Map<string, Given>();
    this.values(given, ofAccount(gateway), content, path, ADDRESS);
    return { path, gateway, account: this.accountId(account, [...path, 'account']), given };
  }

  /** A gateway's ids are often numbers. A larger one than JSON has exactly must be a text, or it would be another. */
  private accountId(value: unknown, path: Path): string | null {
    if (value === null) return null;
    if (typeof value === 'string' && value.trim() !== '') return value;
    if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
    this.fault(path, QUOTE);
    return null;
  }

  /** Reads the values of variables that stand in a mapping, and returns it. */
  private values(
    given: Map<string, Given>,
    keys: ReadonlyMap<string, Variable>,
    content: unknown,
    path: Path,
    others: readonly string[] = [],
  ): Mapping {
    const mapping = this.mapping(content, path, [...others, ...keys.keys()]);
    for (const [key, variable] of keys) {
      if (!(key in mapping)) continue;
      const place = [...path, key];
      const value = this.valueOf(variable, mapping[key], place);
      if (value !== undefined) given.set(variable.name, { value, path: place });
    }
    return mapping;
  }

  /** Undefined if there is none. */
  private valueOf({ schema: { type } }: Variable, content: unknown, path: Path): unknown {
    if (type === 'object')
      return Object.entries(this.mapping(content, path)).map(([key, value]) => `${key}:${plainText(value)}`);
    if (type === 'array' && Array.isArray(content))
      return content.map((item, index) => this.resolved(item, [...path, index]));
    const value = this.resolved(content, path);
    if (type !== 'string' || value === undefined || typeof value === 'string') return value;
    this.fault(path, QUOTE);
    return undefined;
  }

  private resolved(content: unknown, path: Path): unknown {
    const { environment } = this;
    if (environment === null) return content;
    const found = resolveReference(content, environment, this.folder);
    if (found.file !== undefined) this.files.add(found.file);
    if (!('problem' in found)) return found.value;
    this.fault(path, found.problem);
    return undefined;
  }

  private text(
    content: unknown,
    path: Path,
    isRight: (text: string) => boolean,
    problem: string,
  ): string | null {
    if (content === undefined) return null;
    if (typeof content === 'string' && isRight(content)) return content;
    this.fault(path, problem);
    return null;
  }
}

const NONE: ReadonlyMap<string, Variable> = new Map<string, Variable>();

/** A value of another kind becomes a text that no check accepts. */
function plainText(value: unknown): string {
  return typeof value === 'number' || typeof value === 'string' ? String(value) : '';
}

function isName(text: string): boolean {
  return text.trim() !== '' && text.length <= LONGEST_NAME;
}

function isTimeZone(text: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
