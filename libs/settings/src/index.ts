export { SETTINGS } from '@app/config';
export { loadSettings } from './load-settings';
export { allSettings, type Settings } from './settings';
