import { defineSettings, isExposed, OneOf, OptionalText } from '@app/config';

/** What is logged, and how. */
export class LogVariables {
  @OneOf('The least important lines that are logged.', ['trace', 'debug', 'info', 'warn', 'error', 'fatal'])
  LOG_LEVEL = 'info';

  @OptionalText('How lines are written.', {
    shape: /^(json|pretty)$/,
    expected: 'json or pretty',
    shown: 'whole',
    otherwise: '`json` in staging and production, else `pretty`',
  })
  LOG_FORMAT?: 'json' | 'pretty';

  @OptionalText(
    'With `masked`, only the ends of phones and of ids that hold one are shown, and what customers and bots wrote (`text`, `preview`) is left out. Other ids are shown. A masked phone is followed by a tag that is always the same for it, see `GET /admin/customers/:phone/log-tag`.',
    {
      shape: /^(masked|full)$/,
      expected: 'masked or full',
      shown: 'whole',
      otherwise: '`masked` in production, else `full`',
    },
  )
  LOG_PHONES?: 'masked' | 'full';
}

export const logSettings = defineSettings('log', LogVariables, (env) => ({
  level: env.LOG_LEVEL,
  pretty: (env.LOG_FORMAT ?? (isExposed(env) ? 'json' : 'pretty')) === 'pretty',
  maskPhones: (env.LOG_PHONES ?? (env.NODE_ENV === 'production' ? 'masked' : 'full')) === 'masked',
}));
