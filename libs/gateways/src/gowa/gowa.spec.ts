import { authenticate } from '../authentication/authenticate';
import type { GatewayEvent } from '../gateway-event';
import { vectorsOf } from '../testing/samples';
import { gowa } from './gowa.gateway';
import { gowaSender } from './gowa.sender';

const OWN = '79007654321@s.whatsapp.net';
const CHAT = '79001234567@s.whatsapp.net';
const MESSAGE = { id: '3EB0A1', chat_id: CHAT, from: CHAT, is_from_me: false };

function read(payload: object, event = 'message'): GatewayEvent | undefined {
  return gowa.read({ event, device_id: OWN, session_id: 'salon_1', payload: { ...MESSAGE, ...payload } })[0];
}

it.each(vectorsOf('gowa'))('a vector is judged: $valid, $why', ({ body, header, secret, valid }) => {
  const headers = { 'x-hub-signature-256': header ?? '' };
  const secrets = { own: ['another-secret', secret], shared: [] };
  expect(authenticate(gowa, { rawBody: Buffer.from(body), headers }, secrets, 0).accepted).toBe(valid);
});

it.each([
  ['image', 'statics/a.jpeg', { type: 'image', id: 'statics/a.jpeg', mimeType: 'image/jpeg' }],
  ['document', { path: 'statics/a.pdf', caption: 'вот' }, { type: 'document', caption: 'вот' }],
  ['video', { url: 'https://mmg.whatsapp.net/x' }, { type: 'video', url: 'https://mmg.whatsapp.net/x' }],
  ['location', { degreesLatitude: 55.75, degreesLongitude: 37.61 }, { type: 'location' }],
  ['contacts_array', [{ displayName: 'Анна', vcard: 'BEGIN:VCARD' }], { type: 'contacts' }],
])('a file has three shapes, a place and cards their own: %s', (name, value, media) => {
  expect(read({ [name]: value })).toMatchObject({ kind: 'message', account: 'salon_1', media: [media] });
});

it('what cannot be read is unsupported, and who sent it is told by its id', () => {
  expect(read({ view_once: true })).toMatchObject({ kind: 'unsupported', originalType: 'view_once' });
  expect(read({ is_from_me: true, from: OWN })).toMatchObject({
    kind: 'echo',
    viaApi: true,
    customer: '79001234567',
  });
});

it('a poll is its question, and a vote says nothing, though GOWA tells of both in words of its own', () => {
  const poll = { type: 'creation', question: 'Когда?', options: [{ name: 'утром', hash: 'a1' }] };
  expect(read({ body: 'Poll: Когда?', poll })).toMatchObject({
    ...{ kind: 'message', text: 'Когда?', metadata: { poll: { name: 'Когда?', options: ['утром'] } } },
  });
  const vote = { ...poll, type: 'vote', selected_options: ['утром'] };
  expect(read({ body: 'Poll vote: утром', poll: vote })).toMatchObject({ reason: 'protocol' });
});

it('a press is its title, or what the button stands for; another business’s buttons are the text above them', () => {
  const selection = { kind: 'list', text: '15:00', selected_id: 'slot_1500' };
  const body = 'Selected option slot_1500';
  expect(read({ body: '15:00', selection })).toMatchObject({ text: '15:00', buttonId: 'slot_1500' });
  expect(read({ body, selection: { ...selection, text: '' } })).toMatchObject({ text: 'slot_1500' });
  expect(read({ interactive: 'Акция\n[Записаться]' })).toMatchObject({ text: 'Акция\n[Записаться]' });
  expect(read({ list: { title: 'Меню', description: 'Выберите' } })).toMatchObject({ text: 'Выберите' });
});

it('an advertisement that led here stands beside the words', () => {
  const referral = { ctwa_clid: 'clid-1', source_id: '7', ad_title: 'Стрижки', media_type: 'IMAGE' };
  expect(read({ body: 'сколько?', referral })).toMatchObject({
    metadata: { advertisement: { title: 'Стрижки', sourceId: '7', ctwaClid: 'clid-1' } },
  });
});

it('only what takes a message back for both does so, and receipts may be of several', () => {
  expect(read({ deleted_message_id: '3EB0' }, 'message.deleted')).toMatchObject({ reason: 'other-event' });
  const payload = { ...MESSAGE, ids: ['1A', '2B'], receipt_type: 'read' };
  expect(gowa.read({ event: 'message.ack', payload })).toMatchObject([
    { messageId: '1A' },
    { messageId: '2B' },
  ]);
  expect(read({ ids: ['1A'], receipt_type: 'read-self' }, 'message.ack')).toMatchObject({ kind: 'ignored' });
  expect(gowa.read({ event: 'message' })).toMatchObject([{ reason: 'malformed' }]);
});

it('replies name the device, and documents are sent as their address', () => {
  const target = { account: 'salon_1', chatId: CHAT, isGroup: false, messageId: null };
  const media = { type: 'document', url: 'https://salon.example/a.pdf' } as const;
  expect(gowaSender.reply(target, { text: 'План', media }, 'u:p')).toEqual({
    path: ['send', 'message'],
    headers: { authorization: 'Basic dTpw', 'x-device-id': 'salon_1' },
    body: { phone: CHAT, message: 'План\n\nhttps://salon.example/a.pdf' },
  });
  expect(gowaSender.sentId({ results: { message_id: '3EB0' } })).toBe('3EB0');
});
