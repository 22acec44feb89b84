import { isDeepStrictEqual } from 'node:util';
import type { ByCompany } from '@app/config';
import type { CompanyId } from '@app/contracts';
import type { SenderSettings } from '@app/gateways';
import type { AllSettings, AllVariables } from '../all-settings';
import { NO_COMPANY, type Overlay, Overlays } from '../run-time/overlays';
import type { Ground } from './check-entry';
import type { CompaniesFile } from './companies-file';
import { addressOf, type Company } from './company';
import type { CompaniesRead } from './read-companies';

type CompanyIdOrNone = CompanyId | null;

/** What waits until some settings are so. */
interface Waiting {
  isSo: (settings: AllSettings) => boolean;
  run: () => void;
}

/** What a company goes by, and who has said so. */
export interface CompanyDescription {
  readonly env: AllVariables;
  /** True if the companies file names it. */
  readonly isNamed: boolean;
  /** The variables that the companies file has values for. */
  readonly given: readonly string[];
  /** Null: operators have given it nothing at run time. */
  readonly overlay: Overlay | null;
  /** Of what operators have given it. */
  readonly version: string;
}

/** How the companies of one file differ from those of another. */
export interface CompaniesChange {
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
}

/** The companies that have settings of their own, as the companies file was last found in order. */
export class Companies implements ByCompany<AllSettings> {
  private byId: ReadonlyMap<string, Company> = new Map<string, Company>();
  private owners: ReadonlyMap<string, CompanyId> = new Map<string, CompanyId>();
  private waiting: Waiting[] = [];
  private readonly onBotOff: (() => void)[] = [];
  private heldDigest = '';
  private readonly environment: AllSettings;
  /** What operators have given companies at run time. */
  readonly overlays = new Overlays((company) => this.groundOf(company));

  /** @param file null: there are none. */
  constructor(
    private readonly ground: Ground,
    readonly file: CompaniesFile | null,
  ) {
    this.environment = ground.settings;
  }

  get count(): number {
    return this.byId.size;
  }

  /** The same text in every process that goes by the same file; empty without one. */
  get digest(): string {
    return this.heldDigest;
  }

  readonly of = (companyId: CompanyIdOrNone): AllSettings =>
    this.overlayOf(companyId)?.overlaid?.settings ?? this.companyOf(companyId)?.settings ?? this.environment;

  readonly isAny = (isSo: Waiting['isSo']): boolean => this.everySettings().some(isSo);

  readonly whenAny = (isSo: Waiting['isSo'], run: () => void): void => {
    this.waiting.push({ isSo, run });
    this.runWhatIsSo();
  };

  readonly isBotOff = (companyId: CompanyIdOrNone): boolean => this.overlayOf(companyId)?.isOff === true;

  readonly whenBotOff = (run: () => void): void => {
    this.onBotOff.push(run);
    if (this.botsOff().size > 0) run();
  };

  readonly hasOwn = (companyId: CompanyIdOrNone): boolean => this.companyOf(companyId) !== undefined;

  /** What a company goes by, and what of it an operator, the file, and the environment have said. */
  describe(company: string): CompanyDescription {
    const overlay = this.overlays.of(company) ?? null;
    const named = this.byId.get(company);
    const env = overlay?.overlaid?.env ?? named?.env ?? this.ground.env;
    const version = this.overlays.versionOf(company);
    return { env, isNamed: named !== undefined, given: named?.given ?? [], overlay, version };
  }

  /** What a company goes by without what operators have given it at run time. */
  groundOf(company: string): Ground {
    const { env, settings } = this.byId.get(company) ?? this.ground;
    return { env, settings, decided: this.ground.decided };
  }

  /** From now on these are over the environment and the file. @param texts by company. */
  overlay(texts: ReadonlyMap<string, string>): void {
    const before = this.botsOff();
    this.overlays.replace(texts);
    this.runWhatIsSo();
    if ([...this.botsOff()].some((company) => !before.has(company))) for (const run of this.onBotOff) run();
  }

  /** The companies whose bot an operator has switched off. */
  private botsOff(): Set<string> {
    return new Set(this.overlays.all.flatMap(([company, { isOff }]) => (isOff ? [company] : [])));
  }

  /** The company of a gateway's account, by the file or by `GATEWAY_COMPANIES`; undefined if neither says. */
  ownerOf(gateway: string, account: string | null): CompanyId | undefined {
    const address = addressOf(gateway, account);
    return this.owners.get(address) ?? this.environment.gateways.companies.get(address);
  }

  /** How a company sends through a gateway's account; null: its replies are logged. */
  senderOf(companyId: CompanyIdOrNone, gateway: string, account: string | null): SenderSettings | null {
    const senders = this.companyOf(companyId)?.senders;
    const own = senders?.get(addressOf(gateway, account)) ?? senders?.get(gateway);
    return own ?? this.environment.byGateway[gateway]?.sender ?? null;
  }

  /** True if the environment, or the file for any account of a company, says how to send through the gateway. */
  sendsThrough(gateway: string): boolean {
    const ofGateway = ([address, sender]: readonly [string, SenderSettings | null]): boolean =>
      sender !== null && (address === gateway || address.startsWith(`${gateway}:`));
    const isInFile = [...this.byId.values()].some(({ senders }) => [...senders].some(ofGateway));
    return isInFile || (this.environment.byGateway[gateway]?.sender ?? null) !== null;
  }

  /** What a bot may be told of a company; null where there is nothing. */
  profileOf(companyId: CompanyIdOrNone): Pick<Company, 'name' | 'timeZone'> | null {
    const { name = null, timeZone = null } = this.companyOf(companyId) ?? {};
    return name === null && timeZone === null ? null : { name, timeZone };
  }

  /** From now on these hold. What is the same as before stays the same object, and keeps what is known by it. */
  replace({ companies, owners, digest }: CompaniesRead): CompaniesChange {
    const before = this.byId;
    const now = new Map(companies.map((company) => [String(company.id), company]));
    const kept = new Map(
      [...now].map(([id, company]) => [id, { ...company, settings: this.sameAs(before.get(id), company) }]),
    );
    const differs = ([id, company]: [string, Company]): boolean =>
      before.has(id) && !isDeepStrictEqual(before.get(id), company);
    this.byId = kept;
    this.owners = owners;
    this.heldDigest = digest;
    this.overlays.refit();
    this.runWhatIsSo();
    return {
      added: [...now.keys()].filter((id) => !before.has(id)).length,
      changed: [...now].filter(differs).length,
      removed: [...before.keys()].filter((id) => !now.has(id)).length,
    };
  }

  /** Asked several times for every message; most systems have none. */
  private overlayOf(companyId: CompanyIdOrNone): Overlay | undefined {
    const { overlays } = this;
    return overlays.size === 0 ? undefined : overlays.of(companyId === null ? NO_COMPANY : String(companyId));
  }

  private companyOf(companyId: CompanyIdOrNone): Company | undefined {
    return companyId === null || this.byId.size === 0 ? undefined : this.byId.get(String(companyId));
  }

  private sameAs(before: Company | undefined, { settings }: Company): AllSettings {
    if (!before) return settings;
    const groups = Object.entries(settings).map(([name, group]: [string, unknown]) => {
      const held: unknown = before.settings[name as keyof AllSettings];
      return [name, isDeepStrictEqual(held, group) ? held : group];
    });
    return Object.fromEntries(groups) as AllSettings;
  }

  private everySettings(): AllSettings[] {
    const overlaid = this.overlays.all.flatMap(([, overlay]) => overlay.overlaid?.settings ?? []);
    return [this.environment, ...[...this.byId.values()].map(({ settings }) => settings), ...overlaid];
  }

  private runWhatIsSo(): void {
    const all = this.everySettings();
    const ready = this.waiting.filter(({ isSo }) => all.some(isSo));
    this.waiting = this.waiting.filter((each) => !ready.includes(each));
    for (const { run } of ready) run();
  }
}
