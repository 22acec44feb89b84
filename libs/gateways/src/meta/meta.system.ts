import { customerIdOf } from '@app/contracts';
import type { Envelope } from '../event-builder';
import type { SystemEvent } from '../gateway-event';
import { firstText, type JsonObject, textOf } from '../json/json';

const CHANGES: Readonly<Record<string, SystemEvent['change']>> = {
  user_changed_number: 'number',
  customer_changed_number: 'number',
  user_changed_user_id: 'user-id',
  user_identity_changed: 'identity',
  customer_identity_changed: 'identity',
};

/** Reads a notice that the customer has a new identity: another number, or another user id. */
export function readSystem(envelope: Envelope, system: JsonObject): SystemEvent {
  const type = textOf(system.type) ?? '';
  const change = Object.hasOwn(CHANGES, type) ? (CHANGES[type] ?? 'other') : 'other';
  return { ...envelope, kind: 'system', change, newCustomer: newCustomerOf(change, system) };
}

function newCustomerOf(change: SystemEvent['change'], system: JsonObject): string | null {
  if (change === 'number') return idOf(firstText(system.new_wa_id, system.wa_id));
  return change === 'user-id' ? idOf(firstText(system.user_id)) : null;
}

function idOf(text: string | null): string | null {
  return text === null ? null : customerIdOf(text);
}
