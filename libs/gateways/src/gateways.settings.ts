import { combineSettings, defineSettings, Flag, List, OneOf } from '@app/config';
import { type CompanyId, CUSTOMER_KINDS, FORWARDABLE_KINDS, isCompanyId } from '@app/contracts';
import { GATEWAY_NAMES, GATEWAYS } from './gateways';

/** What becomes of messages in groups: nothing, one conversation for the group, or one for each who speaks there. */
export const GROUP_POLICIES = ['ignore', 'per-chat', 'per-sender'] as const;
export type GroupPolicy = (typeof GROUP_POLICIES)[number];

const WHOLE_NUMBER = /^(?:0|[1-9]\d{0,14})$/;

/** What holds for all gateways. */
export class GatewaysVariables {
  @List(
    'The company that each account belongs to: `meta:277321005464405=962302,waha:default=1`; without an account (`telegram=1`), that of messages whose gateway names none.',
    {
      // The account is the gateway's own name for it, which may hold a colon or an equals sign.
      shape: new RegExp(`^(?:${GATEWAY_NAMES.join('|')})(?::.+)?=[A-Za-z0-9][A-Za-z0-9._-]{0,63}$`),
      expected: 'like waha:default=1 (gateway, account and company)',
      shown: 'whole',
      sharedBy: ['webhook'],
    },
  )
  GATEWAY_COMPANIES: readonly string[] = [];

  @OneOf(
    'Messages in groups: with `per-chat`, a group is one conversation; with `per-sender`, each who speaks in it has one. Replies go to the group.',
    GROUP_POLICIES,
    { sharedBy: ['webhook'] },
  )
  GROUP_MESSAGES: GroupPolicy = 'ignore';

  @List(
    'What the bot is told in addition to messages: `edit`, `revoke` (of a message that was handed off), `reaction`, `status` (sent, delivered, read), `system`, `unsupported`.',
    {
      shape: new RegExp(`^(${FORWARDABLE_KINDS.join('|')})$`),
      expected: `of ${FORWARDABLE_KINDS.join(', ')}`,
      shown: 'whole',
      sharedBy: ['webhook'],
      company: 'bot.events',
    },
  )
  FORWARD_EVENTS: readonly string[] = [];

  @Flag(
    'With `true`, customers see a typing indicator while the bot works, where their gateway can show it.',
    {
      company: 'replies.typingFeedback',
    },
  )
  TYPING_FEEDBACK = false;
}

export const gatewaysSettings = defineSettings(
  'gateways',
  GatewaysVariables,
  (env) => ({
    /** Whose customers write to `<gateway>:<account>`, or to a `<gateway>` that names no account. */
    companies: companiesOf(env),
    /** What bots are told in addition to messages. */
    forwarded: new Set(env.FORWARD_EVENTS),
    groups: env.GROUP_MESSAGES,
    typingFeedback: env.TYPING_FEEDBACK,
  }),
  [
    {
      variable: 'GATEWAY_COMPANIES',
      broken: (env) => [...companiesOf(env).values()].some((company) => !isCompanyId(String(company))),
      problem: `must not name a company like a kind of customer: ${CUSTOMER_KINDS.join(', ')}`,
    },
  ],
);

/** Each gateway's own variables, by its name. */
export const byGatewaySettings = combineSettings(
  'byGateway',
  GATEWAYS.flatMap(({ settings }) => settings ?? []),
);

/** The company of each `<gateway>:<account>` or `<gateway>`; a whole number stays one, as forwarders write it. */
function companiesOf(env: GatewaysVariables): ReadonlyMap<string, CompanyId> {
  return new Map(
    env.GATEWAY_COMPANIES.map((entry) => {
      const equals = entry.lastIndexOf('=');
      const company = entry.slice(equals + 1);
      return [entry.slice(0, equals), WHOLE_NUMBER.test(company) ? Number(company) : company];
    }),
  );
}
