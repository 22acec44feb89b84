import { type OperatorStage, PHONE } from '../support/operator-stage';

/** Brings about what a call is for; resolves with the call's parameters. */
type Prepare = (stage: OperatorStage) => Promise<Record<string, string>>;

const nothing: Prepare = () => Promise.resolve({});

const anOpenBatch: Prepare = async ({ admin }) => {
  await admin.message(PHONE, 'Запишите меня', { companyId: 962302 });
  return { phone: '+7 (900) 123-45-67', companyId: '962302' };
};

const aCustomer: Prepare = () => Promise.resolve({ phone: '+7 (900) 123-45-67', companyId: '962302' });

/** An order that ends by itself. */
const forMinutes: Prepare = async (stage) => ({ ...(await aCustomer(stage)), minutes: '30' });

const aHandedOffBatch: Prepare = async (stage) => {
  await stage.admin.message(PHONE, 'на стрижку');
  return { batchId: await stage.handOff() };
};

const aDeadLetter: Prepare = async (stage) => {
  await stage.admin.message(PHONE, 'на завтра');
  await stage.deadLetter('b-dead');
  return { batchId: 'b-dead' };
};

/** The batch that the page's own example names. */
const aTurn: Prepare = async (stage) => {
  await stage.beginTurn('b-0b9d3c1e-1b9c-4b61-9d0f-6a2f4d0f9a10');
  return { id: PHONE };
};

const aConversationSetAside: Prepare = async (stage) => {
  await stage.admin.message(PHONE, 'в 18:00');
  await stage.client.hset('rapid-fire-set-aside', PHONE, '0 as an example');
  return { id: PHONE };
};

/** Every operation for operators, with what must be there for it. */
export const ADMIN_CALLS: Readonly<Record<string, Prepare>> = {
  'GET /webhook/whatsapp/batched/stats': nothing,
  'DELETE /webhook/whatsapp/batched/{phone}': anOpenBatch,
  'GET /admin/batches': async (stage) => {
    await anOpenBatch(stage);
    return { limit: '10', companyId: '962302' };
  },
  'GET /admin/batches/{phone}': anOpenBatch,
  'POST /admin/batches/{phone}/flush': anOpenBatch,
  'POST /admin/conversations/{id}/commit': aTurn,
  'POST /admin/conversations/{id}/done': aTurn,
  'DELETE /admin/conversations/{id}/bot-state': async ({ client }) => {
    await client.set(`rapid-fire-bot-state:${PHONE}`, 'b-1 {"id":"thread-1"}', 'EX', 600);
    return { id: PHONE };
  },
  'POST /admin/conversations/{phone}/mute': forMinutes,
  'POST /admin/conversations/{phone}/unmute': aCustomer,
  'POST /admin/conversations/{phone}/hold': forMinutes,
  'POST /admin/conversations/{phone}/release': aCustomer,
  'POST /admin/conversations/{phone}/block': forMinutes,
  'POST /admin/conversations/{phone}/unblock': aCustomer,
  'GET /admin/conversations/{phone}/timeline': anOpenBatch,
  'GET /admin/companies/{id}/settings': () => Promise.resolve({ id: '962302' }),
  'PUT /admin/companies/{id}/settings': () => Promise.resolve({ id: '962302' }),
  'DELETE /admin/companies/{id}/settings': async ({ admin }) => {
    await admin.put('/admin/companies/962302/settings', { bot: 'on' });
    return { id: '962302' };
  },
  'GET /admin/steered': nothing,
  'GET /admin/audit-log': () => Promise.resolve({ limit: '10' }),
  'GET /admin/unreadable': async ({ admin }) => {
    await admin.post('/webhook/waha', { event: 'message', payload: {} });
    return { limit: '10' };
  },
  'DELETE /admin/customers/{phone}': anOpenBatch,
  'GET /admin/customers/{phone}/log-tag': () => Promise.resolve({ phone: PHONE }),
  'GET /admin/config': nothing,
  'GET /admin/dead-letters': async (stage) => {
    await aDeadLetter(stage);
    return { limit: '10' };
  },
  'POST /admin/dead-letters/redrive': async (stage) => {
    await aDeadLetter(stage);
    return { stage: 'batcher', since: '2020-01-01T00:00:00Z' };
  },
  'POST /admin/dead-letters/{batchId}/redrive': aDeadLetter,
  'DELETE /admin/dead-letters/{batchId}': aDeadLetter,
  'GET /admin/history': async (stage) => {
    await aHandedOffBatch(stage);
    return { phone: PHONE, limit: '10' };
  },
  'POST /admin/history/{batchId}/replay': aHandedOffBatch,
  'GET /admin/set-aside': async (stage) => {
    await aConversationSetAside(stage);
    return {};
  },
  'POST /admin/set-aside/{id}/repair': aConversationSetAside,
  'GET /admin/window-report': nothing,
  'POST /admin/simulator': nothing,
  'POST /admin/pause': nothing,
  'POST /admin/resume': nothing,
};
