import { type LiveWindow, parseConversationId } from '@app/contracts';
import type { Texts } from '../words/texts';
import type { Act } from './acts';
import { companyOf, nameOfCompany } from './bots-off';
import type { Orders } from './orders';
import type { Verb, VerbName } from './verb';

interface About {
  id: string;
  window: LiveWindow | undefined;
  orders: Orders;
  /** How many messages nobody has answered. */
  pending: number;
  /** The bot is switched off for its company. */
  isBotOff: boolean;
}

type Ask = (act: VerbName, id: string, text: string, isGrave: boolean) => void;

/** What can be done to a conversation now; what loses something, or lasts, asks first. */
export function verbsFor(
  words: Texts,
  { id, window, orders, pending, isBotOff }: About,
  run: (act: Act, id: string) => void,
  ask: Ask,
): Verb[] {
  const isHeld = 'hold' in orders || window?.waits === 'held';
  const isIdle = pending === 0 && (window?.size ?? 0) === 0;
  const at = (name: VerbName, key?: string): Verb => ({
    name,
    ...(key !== undefined && { key }),
    isGrave: false,
    isRare: key === undefined,
    act: () => run(name, id),
  });
  const asking = (name: VerbName, text: string, isGrave: boolean, key?: string): Verb =>
    Object.assign(at(name, key), { isGrave, act: () => ask(name, id, text, isGrave) });
  const { ask: asks } = words;
  const lost = words.messages(pending);
  return [
    'mute' in orders ? at('unmute', 'm') : asking('mute', asks.mute, false, 'm'),
    isHeld ? at('release', 'h') : asking('hold', asks.hold, false, 'h'),
    Object.assign(at('flush', 'f'), { isIdle }),
    Object.assign(asking('clear', asks.clear(lost), true, 'c'), { isIdle }),
    'block' in orders ? at('unblock') : asking('block', asks.block, true),
    asking('erase', asks.erase(nameIn(words, id), pending === 0 ? null : lost), true),
    botSwitch(words, companyOf(id), isBotOff, ask),
  ];
}

function botSwitch(words: Texts, company: string, isOff: boolean, ask: Ask): Verb {
  const name = isOff ? 'botOn' : 'botOff';
  const who = nameOfCompany(company);
  const label = words.botSwitch[name](who);
  return {
    name,
    label,
    isGrave: !isOff,
    isRare: true,
    act: () => ask(name, company, words.ask[name](who), !isOff),
  };
}

function nameIn(words: Texts, id: string): string {
  const { customer, companyId } = parseConversationId(id);
  return companyId === null ? customer : `${customer} (${words.company(String(companyId))})`;
}
