import { type BotOff, type LiveState, parseConversationId } from '@app/contracts';
import { type Answer, call, type Problem } from './http';

/** Stands for the conversations without a company where a company is named. */
const NO_COMPANY = '-';

/** Null: the conversations without a company. @param company as the calls name it. */
export function nameOfCompany(company: string): string | null {
  return company === NO_COMPANY ? null : company;
}

/** The company of a conversation, as the calls about companies name it. */
export function companyOf(conversationId: string): string {
  return String(parseConversationId(conversationId).companyId ?? NO_COMPANY);
}

/** That the bot is off for a conversation's company; undefined while it is on. */
export function botOffFor(state: LiveState, conversationId: string): BotOff | undefined {
  return state.botsOff?.find(({ company }) => company === companyOf(conversationId));
}

/** Of `GET /admin/companies/:id/settings`. */
interface CompanySettings {
  runTime: { settings: Record<string, unknown>; problems: readonly string[] } | null;
  version: string;
}

/** Switches a company's bot, and leaves what else operators have given the company; 412 where another does so at this moment. */
export async function switchBot(company: string, to: 'on' | 'off'): Promise<Answer<Problem>> {
  const path = `/admin/companies/${encodeURIComponent(company)}/settings`;
  const { status, body } = await call<CompanySettings>('GET', path);
  if (status !== 200) return { status, body };
  const given = body.runTime;
  // What does not fit is out of effect, and would be refused.
  const rest = given === null || given.problems.length > 0 ? {} : { ...given.settings };
  delete rest.bot;
  const ifMatch = { 'if-match': `"${body.version}"` };
  if (to === 'off') return call('PUT', path, Object.assign(rest, { bot: 'off' }), ifMatch);
  const isEmpty = Object.keys(rest).length === 0;
  return isEmpty ? call('DELETE', path, undefined, ifMatch) : call('PUT', path, rest, ifMatch);
}
