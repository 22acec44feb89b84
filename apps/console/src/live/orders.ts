import { call, type Unread, whyNot } from './http';

/** What operators have ordered for a conversation. Times are ms since the epoch; null: until an operator ends it. */
export interface Orders {
  mute?: number | null;
  hold?: number | null;
  block?: number | null;
}

interface Order {
  order: keyof Orders;
  conversationId: string;
  until: number | null;
}

/** The orders for one conversation. */
export async function readOrders(conversationId: string): Promise<Orders | Unread> {
  const answer = await call<{ items: Order[] }>('GET', '/admin/steered');
  if (answer.status !== 200) return whyNot(answer);
  const own = answer.body.items.filter((order) => order.conversationId === conversationId);
  return Object.fromEntries(own.map(({ order, until }) => [order, until]));
}
