import type { Actor } from '@app/batching';
import { identify } from '@app/contracts';
import type { EditEvent, RevokeEvent } from '@app/gateways';
import { chatIn } from './chat';

/** The person who changes a message, under every id in the payload; null if it does not say. */
export function actorOf(event: EditEvent | RevokeEvent): Actor | null {
  const { sender, aliases, fromMe } = event;
  const customer = chatIn(event);
  if (customer === null) return null;
  const idsOf = (id: string): string[] => [
    id,
    ...aliases.filter(({ phone }) => phone === id).map(({ alias }) => alias),
  ];
  const isGroup = identify(customer).kind === 'group';
  const chat = isGroup ? [customer] : idsOf(customer);
  if (fromMe) return { chat, person: 'business' };
  if (!isGroup) return { chat, person: chat };
  return { chat, person: sender === null ? null : idsOf(sender) };
}
