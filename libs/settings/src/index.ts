export { SETTINGS } from '@app/config';
export { allSettings } from './all-settings';
export { type AssistantSettings } from './assistant.settings';
export { companiesSchema } from './companies/companies-schema';
export { loadSettings } from './load-settings';
export type { Settings } from './settings';
export { SettingsModule } from './settings.module';
