import { call } from './http';

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

/** The orders for one conversation; none where they cannot be read. */
export async function readOrders(conversationId: string): Promise<Orders> {
  const { status, body } = await call<{ items: Order[] }>('GET', '/admin/steered');
  const own = status === 200 ? body.items.filter((order) => order.conversationId === conversationId) : [];
  return Object.fromEntries(own.map(({ order, until }) => [order, until]));
}
