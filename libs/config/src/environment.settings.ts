import { EnvironmentVariables } from './environment';
import { defineSettings } from './settings-group';

/** Of every process, whichever other groups it has. */
export const environmentSettings = defineSettings(
  'environment',
  EnvironmentVariables,
  ({ NODE_ENV }) => NODE_ENV,
);
