import { ConfigurationError, type Problem, shapeOver, type Variable, validateOver } from '@app/config';
import type { CompanyId } from '@app/contracts';
import { gatewayNamed, type SenderSettings } from '@app/gateways';
import { type AllSettings, allSettings, type AllVariables } from '../all-settings';
import { addressOf, type Company } from './company';
import type { AccountEntry, CompanyEntry, GivenVariables } from './company-entry';
import type { Fault } from './fault';
import { BOT, inKeys, ofAccount, placeOf, SECTIONS } from './places';
import type { Path } from './yaml-file';

/** The environment, which companies' settings stand on. */
export interface Ground {
  readonly env: AllVariables;
  readonly settings: AllSettings;
  /** The variables that the program itself decides. */
  readonly decided: readonly string[];
}

type Values = Readonly<Record<string, unknown>>;

const WHOLE_NUMBER = /^(?:0|[1-9]\d{0,14})$/;
const VARIABLES = new Map(allSettings.variables.map((variable) => [variable.name, variable]));
const NO_URL = 'is required: a bot without an address is called by nobody';

/** Checks an entry by the rules of the environment's variables, and makes a company of it; null if it has faults. */
export function checkEntry(entry: CompanyEntry, ground: Ground, faults: Fault[]): Company | null {
  const { id, name, timeZone, path, given, hasBot, accounts } = entry;
  const found: Fault[] = [];
  const own = hasBot ? [...without(SECTIONS.get(BOT)), ...plain(given)] : plain(given);
  const values = Object.fromEntries(own);
  const env = over(ground, values, (problem) => found.push(faultOf(problem, path, given)));
  if (hasBot && !given.has('BOT_URL')) found.push({ path: [...path, BOT, 'url'], problem: NO_URL });
  const senders = accounts.map((account) => senderOf(account, ground, found));
  faults.push(...found.filter((fault) => !faults.some((other) => isSamePlace(other, fault))));
  if (env === null || found.length > 0) return null;
  const settings = shapeOver(allSettings, env, ground.settings, Object.keys(values));
  const named = [...given.keys()];
  return { id: companyIdOf(id), name, timeZone, settings, env, given: named, senders: new Map(senders) };
}

/** A whole number stays one, as forwarders write it. */
export function companyIdOf(text: string): CompanyId {
  return WHOLE_NUMBER.test(text) ? Number(text) : text;
}

/** How an account sends, by its address. A token is for one server: with another address, none of the environment's is shown. */
function senderOf(
  { gateway: name, account, given, path }: AccountEntry,
  ground: Ground,
  faults: Fault[],
): [string, SenderSettings | null] {
  const keys = ofAccount(name);
  const hasServer = given.has(keys.get('url')?.name ?? '');
  const values = Object.fromEntries([...(hasServer ? without(keys) : []), ...plain(given)]);
  const before = faults.length;
  const env = over(ground, values, (problem) => faults.push(faultOf(problem, path, given)));
  const { sender = null } = (env && gatewayNamed(name)?.settings?.shape(env as never)) ?? {};
  if (sender === null && given.size > 0 && faults.length === before)
    faults.push({
      path,
      problem: `needs ${hasServer ? 'a token' : 'a url'} too: without it, replies are only logged`,
    });
  return [addressOf(name, account), sender];
}

/** The environment with these values; null where something is wrong with it. */
function over(ground: Ground, values: Values, tell: (problem: Problem) => void): AllVariables | null {
  if (Object.keys(values).length === 0) return ground.env;
  try {
    return validateOver(allSettings, ground.env, values, { decided: ground.decided });
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    for (const problem of error.problems) tell(problem);
    return null;
  }
}

/** Where in the file a variable's problem is to be mended: at its key, if a company may have one. */
function faultOf({ variable, problem }: Problem, entry: Path, given: GivenVariables): Fault {
  const place = placeOf(VARIABLES.get(variable) ?? {});
  const path = given.get(variable)?.path ?? (place && [...entry, ...place]);
  return path === null
    ? { path: entry, problem: `${variable} ${inKeys(problem)}` }
    : { path, problem: inKeys(problem) };
}

function isSamePlace(one: Fault, other: Fault): boolean {
  return one.path.join('\n') === other.path.join('\n');
}

/** Values that the environment's variables do not stand in for: a company must not be served with another's key, or words. */
function without(keys: ReadonlyMap<string, Variable> | undefined): [string, unknown][] {
  return [...(keys?.values() ?? [])].map(({ name }) => [name, undefined]);
}

function plain(given: GivenVariables): [string, unknown][] {
  return [...given].map(([name, { value }]) => [name, value]);
}
