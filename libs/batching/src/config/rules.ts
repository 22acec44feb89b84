import { isPublicAddress } from '@app/platform';
import { type CompanyId, isCompanyId } from '@app/contracts';
import { type Environment, TRUST_PROXY_EXPECTED } from './environment';
import type { Problem } from './problem';
import { trustedProxies } from './trusted-proxies';

interface Rule {
  variable: keyof Environment;
  /** True where the rule is broken. */
  broken: (env: Environment) => boolean;
  problem: string;
}

// The predecessor lost batches at 10 s of TTL and 10 s of silence: bookkeeping must outlive the window by far.
const TTL_MARGIN = 3;

// One thing under two names, Meta's and Venom's; a time for `audio` holds for them unless they have their own.
const VOICE_NOTES = ['voice', 'ptt'];

const WHOLE_NUMBER = /^(?:0|[1-9]\d{0,14})$/;

const RULES: readonly Rule[] = [
  {
    variable: 'BATCH_MAX_WAIT',
    broken: (env) => env.BATCH_MAX_WAIT < longestQuietMs(env),
    problem: 'must not be shorter than BATCH_TIMEOUT or any entry of BATCH_TIMEOUT_BY_TYPE',
  },
  {
    variable: 'BATCH_TTL',
    broken: (env) => env.BATCH_TTL * 1000 < TTL_MARGIN * longestQuietMs(env),
    problem: `must be at least ${TTL_MARGIN} times the longest quiet period (BATCH_TTL is seconds, BATCH_TIMEOUT milliseconds)`,
  },
  {
    variable: 'CLAIM_LEASE',
    // Nothing is begun past half the lease; a command begun there must be able to end before the lease does.
    broken: (env) => (env.CLAIM_LEASE * 1000) / 2 < env.REDIS_COMMAND_TIMEOUT,
    problem:
      'must be at least twice REDIS_COMMAND_TIMEOUT (CLAIM_LEASE is seconds, REDIS_COMMAND_TIMEOUT milliseconds)',
  },
  {
    variable: 'CHECK_INTERVAL',
    broken: (env) => env.CHECK_INTERVAL % 1000 !== 0,
    problem: 'must be whole seconds, in milliseconds: 1000, 2000, …',
  },
  {
    variable: 'MAX_PENDING_BYTES',
    broken: (env) => env.MAX_PENDING_BYTES < env.MAX_BATCH_BYTES,
    problem: 'must not be smaller than MAX_BATCH_BYTES',
  },
  {
    variable: 'MAX_PENDING_PER_CONVERSATION',
    broken: (env) => env.MAX_PENDING_PER_CONVERSATION < env.MAX_BATCH_SIZE,
    problem: 'must not be smaller than MAX_BATCH_SIZE',
  },
  {
    variable: 'GATEWAY_COMPANIES',
    broken: (env) => [...companiesOf(env).values()].some((company) => !isCompanyId(String(company))),
    problem: 'must not name a company wa-lid, wa-bsuid or wa-group',
  },
  {
    variable: 'BOT_TIMEOUT',
    // The bot would be waited for though its answer may no longer be sent.
    broken: (env) => env.BUSY_POLICY === 'hold' && env.BOT_TIMEOUT > env.TURN_MAX * 1000,
    problem:
      'must not be longer than TURN_MAX, unless BUSY_POLICY=parallel (TURN_MAX is seconds, BOT_TIMEOUT milliseconds)',
  },
  {
    variable: 'BOT_SECRET',
    broken: (env) => isExposed(env) && env.BOT_URL !== undefined && env.BOT_SECRET.length === 0,
    problem: 'is required with BOT_URL in staging and production',
  },
  {
    variable: 'BOT_URL',
    // A name is looked up, and its addresses judged, when the bot is called.
    broken: (env) =>
      isExposed(env) &&
      !env.BOT_ALLOW_PRIVATE &&
      env.BOT_URL !== undefined &&
      isPublicAddress(new URL(env.BOT_URL).hostname) === false,
    problem:
      'must not be a private or loopback address in staging and production, unless BOT_ALLOW_PRIVATE=true',
  },
  {
    variable: 'META_API_TOKEN',
    broken: (env) => env.META_API_URL !== undefined && env.META_API_TOKEN === undefined,
    problem: 'is required with META_API_URL',
  },
  {
    variable: 'EVOLUTION_API_KEY',
    broken: (env) => env.EVOLUTION_API_URL !== undefined && env.EVOLUTION_API_KEY === undefined,
    problem: 'is required with EVOLUTION_API_URL',
  },
  {
    variable: 'TRUST_PROXY',
    broken: (env) => trustedProxies(env.TRUST_PROXY) === null,
    problem: `must be ${TRUST_PROXY_EXPECTED}`,
  },
  ...(['WEBHOOK_SECRET', 'ADMIN_API_KEY'] as const).map((variable) => ({
    variable,
    broken: (env: Environment) => isExposed(env) && env[variable].length === 0,
    problem: 'is required in staging and production',
  })),
];

/** What is wrong between variables that are each well-formed. */
export function brokenRules(env: Environment): Problem[] {
  return RULES.filter((rule) => rule.broken(env)).map(({ variable, problem }) => ({ variable, problem }));
}

/** The quiet period of each message type that has one of its own, ms. */
export function quietMsByType(env: Environment): Map<string, number> {
  const byType = new Map(
    env.BATCH_TIMEOUT_BY_TYPE.map((entry) => entry.split(':') as [string, string]).map(([type, ms]) => [
      type,
      Number(ms),
    ]),
  );
  const given = new Map(byType);
  for (const type of VOICE_NOTES) {
    const ms = [type, ...VOICE_NOTES, 'audio']
      .map((name) => given.get(name))
      .find((each) => each !== undefined);
    if (ms !== undefined) byType.set(type, ms);
  }
  return byType;
}

/** The company of each `<gateway>:<account>`; a whole number stays one, as forwarders write it. */
export function companiesOf(env: Environment): Map<string, CompanyId> {
  return new Map(
    env.GATEWAY_COMPANIES.map((entry) => {
      const equals = entry.lastIndexOf('=');
      const company = entry.slice(equals + 1);
      return [entry.slice(0, equals), WHOLE_NUMBER.test(company) ? Number(company) : company];
    }),
  );
}

function longestQuietMs(env: Environment): number {
  return Math.max(env.BATCH_TIMEOUT, ...quietMsByType(env).values());
}

/** True where strangers can reach the processes. */
export function isExposed({ NODE_ENV }: Environment): boolean {
  return NODE_ENV === 'staging' || NODE_ENV === 'production';
}
