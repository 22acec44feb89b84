import { defineSettings, OptionalText } from '@app/config';

/** Where the companies are that have settings of their own. */
export class CompaniesFileVariables {
  @OptionalText(
    'A YAML file with the companies of this system, their accounts, bots and windows ([companies](companies.md)); it is read again when it changes. What it does not say of a company, the variables do.',
    {
      expected: 'a path',
      shown: 'whole',
      otherwise: 'the variables hold for every company',
      example: 'companies.yaml',
    },
  )
  COMPANIES_FILE?: string;
}

export const companiesFileSettings = defineSettings('companiesFile', CompaniesFileVariables, (env) => ({
  /** Null: no company has settings of its own. */
  path: env.COMPANIES_FILE ?? null,
}));
