import { readCompanyId } from '../company-id';
import { ignored } from '../event-builder';
import type { GatewayEvent } from '../gateway-event';
import { objectOf } from '../json/json';
import { presenceEvent } from '../presence';
import { readForwardedItem } from './forwarded.item';

/** Reads `{phone, companyId, state}`: a typing signal in the contract's own form. */
export function readPresence(payload: unknown): GatewayEvent {
  const item = objectOf(payload);
  const company = readCompanyId(item.companyId);
  const origin = { gateway: 'generic', account: null, companyId: company.valid ? company.companyId : null };
  if (!company.valid) return ignored(origin, 'invalid-field', ['companyId']);
  const read = readForwardedItem(origin, 'presence', item);
  return 'kind' in read ? read : presenceEvent({ ...read.envelope, messageId: null }, item.state);
}
