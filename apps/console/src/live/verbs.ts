import { type LiveWindow, parseConversationId } from '@app/contracts';
import type { Texts } from '../words/texts';
import type { Act } from './acts';
import type { Orders } from './orders';
import type { Verb, VerbName } from './verb';

interface About {
  id: string;
  window: LiveWindow | undefined;
  orders: Orders;
  /** How many messages nobody has answered. */
  pending: number;
}

/** What can be done to a conversation now; what loses something, or lasts, asks first. */
export function verbsFor(
  words: Texts,
  { id, window, orders, pending }: About,
  run: (act: Act, id: string) => void,
  ask: (act: VerbName, text: string, isGrave: boolean) => void,
): Verb[] {
  const isHeld = 'hold' in orders || window?.waits === 'held';
  const at = (name: VerbName, key: string): Verb => ({
    name,
    key,
    isGrave: false,
    act: () => run(name, id),
  });
  const asking = (name: 'mute' | 'hold' | 'block', key?: string): Verb => ({
    name,
    ...(key !== undefined && { key }),
    isGrave: name === 'block',
    act: () => ask(name, words.ask[name], name === 'block'),
  });
  const clear = (): void => ask('clear', words.ask.clear(words.messages(pending)), true);
  const erase = (): void =>
    ask('erase', words.ask.erase(nameIn(words, id), pending === 0 ? null : words.messages(pending)), true);
  return [
    at('flush', 'f'),
    'mute' in orders ? at('unmute', 'm') : asking('mute', 'm'),
    isHeld ? at('release', 'h') : asking('hold', 'h'),
    'block' in orders ? { name: 'unblock', isGrave: false, act: () => run('unblock', id) } : asking('block'),
    { name: 'clear', key: 'c', isGrave: true, act: clear },
    { name: 'erase', isGrave: true, act: erase },
  ];
}

function nameIn(words: Texts, id: string): string {
  const { customer, companyId } = parseConversationId(id);
  return companyId === null ? customer : `${customer} (${words.company(String(companyId))})`;
}
