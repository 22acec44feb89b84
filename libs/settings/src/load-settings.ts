import { agreementOf, ConfigurationError, loadEnvironment, type Variables } from '@app/config';
import { allSettings } from './all-settings';
import { Companies } from './companies/companies';
import { CompaniesFile } from './companies/companies-file';
import type { Settings } from './settings';

/**
 * Reads `.env.<NODE_ENV>`, `.env` and the process's own environment, which wins, and the companies file if there is one, and
 * checks them before anything connects anywhere.
 *
 * @param overrides variables that the program itself decides, over all others. A `REDIS_URL` among them is a Redis
 * that the program brings, and exempt from the rules about addresses.
 * @throws ConfigurationError with every problem found.
 */
export function loadSettings(overrides: Variables = {}): Settings {
  const { env, effective } = loadEnvironment(allSettings, overrides);
  const settings = allSettings.shape(env);
  const { path } = settings.companiesFile;
  const ground = { env, settings, decided: Object.keys(overrides) };
  const file = path === null ? null : new CompaniesFile(path, ground, overrides);
  const companies = new Companies(ground, file);
  if (companies.file) {
    const { read, problems } = companies.file.read();
    if (read === null) throw new ConfigurationError(problems.map(inVariable));
    companies.replace(read);
  }
  const agreement = agreementOf(allSettings.variables, env);
  const { of, isAny, whenAny, isBotOff, whenBotOff, hasOwn } = companies;
  return {
    ...settings,
    effective,
    of,
    isAny,
    whenAny,
    isBotOff,
    whenBotOff,
    hasOwn,
    companies,
    // Another file holds once it is read again.
    get agreement() {
      return { ...agreement, all: { ...agreement.all, COMPANIES_FILE: companies.digest } };
    },
  };
}

function inVariable(problem: string): { variable: string; problem: string } {
  return { variable: 'COMPANIES_FILE', problem };
}
