import type { Loaded } from '@app/config';
import type { AllSettings } from './all-settings';
import type { Companies } from './companies/companies';

/** The environment, checked once and shaped for the code; and the companies that have settings of their own. */
export type Settings = Loaded<AllSettings> & { readonly companies: Companies };
