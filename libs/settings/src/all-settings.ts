import { BATCHING_GROUPS, BATCHING_RULES } from '@app/batching';
import { botSettings, PICTURES_WITHIN_MS, picturesSettings, takesEvents } from '@app/bots';
import { combineSettings, environmentSettings, type SettingsOf, type VariablesOf } from '@app/config';
import { byGatewaySettings, gatewaysSettings } from '@app/gateways';
import { httpSettings, logSettings } from '@app/platform';
import { repliesSettings } from '@app/replies';
import { assistantSettings } from './assistant.settings';
import { companiesFileSettings } from './companies/companies-file.settings';

/**
 * All variables that there are. Every process reads and checks them all, for they share one `.env`: what is wrong is
 * said before the first of them works with it.
 */
export const allSettings = combineSettings(
  'settings',
  [
    environmentSettings,
    httpSettings,
    gatewaysSettings,
    byGatewaySettings,
    ...BATCHING_GROUPS,
    botSettings,
    picturesSettings,
    repliesSettings,
    companiesFileSettings,
    assistantSettings,
    logSettings,
  ],
  [
    ...BATCHING_RULES,
    {
      variable: 'BOT_TIMEOUT',
      // The bot would be waited for though its answer may no longer be sent.
      broken: (env) => env.BUSY_POLICY !== 'parallel' && env.BOT_TIMEOUT > env.TURN_MAX * 1000,
      problem:
        'must not be longer than TURN_MAX, unless BUSY_POLICY=parallel (TURN_MAX is seconds, BOT_TIMEOUT milliseconds)',
    },
    {
      variable: 'BOT_PICTURES',
      // They are fetched in the turn, before the bot is called.
      broken: (env) =>
        env.BOT_PICTURES > 0 &&
        env.BUSY_POLICY !== 'parallel' &&
        env.BOT_TIMEOUT + PICTURES_WITHIN_MS > env.TURN_MAX * 1000,
      problem: `needs a TURN_MAX that is ${PICTURES_WITHIN_MS / 1000} s longer than BOT_TIMEOUT, unless BUSY_POLICY=parallel`,
    },
    {
      variable: 'FORWARD_EVENTS',
      broken: (env) =>
        env.BOT_URL !== undefined && env.FORWARD_EVENTS.length > 0 && !takesEvents(env.BOT_PRESET),
      problem: 'must be empty with this BOT_PRESET, whose bots take messages only',
    },
  ],
);

/** The environment's variables, checked. */
export type AllVariables = VariablesOf<typeof allSettings>;

/** All of them, shaped for the code: units stand in the names. */
export type AllSettings = SettingsOf<typeof allSettings>;
