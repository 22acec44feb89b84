import { conversationOf, simulatedId } from '@app/contracts';
import { type Answer, call } from './http';

/** The customer that this tab plays. */
export interface Played {
  phone: string;
  companyId: string;
}

/** What a simulated customer does. */
export type Doing =
  | { kind: 'message'; messageId: string; type: 'text' | 'voice' | 'image'; text?: string }
  | { kind: 'typing' }
  | { kind: 'edit'; messageId: string; text: string }
  | { kind: 'revoke'; messageId: string };

export interface Simulated {
  results: { outcome: string; reason?: string }[];
}

/** The companies that a customer may write to: that a phone is two conversations with two companies can be seen. */
export const COMPANIES = ['1', '2'] as const;

const PLACE = 'rapid-fire-simulated-phone';

/** Of nobody: no country's numbers begin with 999. */
export function phoneOfTab(): string {
  const kept = sessionStorage.getItem(PLACE);
  if (kept !== null) return kept;
  const phone = `999${String(Math.floor(Math.random() * 1e7)).padStart(7, '0')}`;
  sessionStorage.setItem(PLACE, phone);
  return phone;
}

export function forgetPhone(): void {
  sessionStorage.removeItem(PLACE);
}

export function conversationIdOf({ phone, companyId }: Played): string {
  return conversationOf(simulatedId(phone), companyId).id;
}

/** The customer of a simulated conversation; null for anybody else's. */
export function playedIn(conversationId: string): Played | null {
  const [, companyId = '1', phone] = /^(?:([^:]+):)?sim:(\d+)$/.exec(conversationId) ?? [];
  return phone === undefined ? null : { phone, companyId };
}

export function simulate(played: Played, doing: Doing): Promise<Answer<Simulated>> {
  return call('POST', '/admin/simulator', Object.assign({}, played, doing));
}
