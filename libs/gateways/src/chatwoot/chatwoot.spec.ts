import type { GatewayEvent } from '../gateway-event';
import { sample } from '../testing/samples';
import { chatwoot } from './chatwoot.gateway';

/** A sample with some of its fields changed. */
function read(file: string, changed: object = {}): GatewayEvent | undefined {
  return chatwoot.read({ ...sample(`chatwoot/${file}.json`), ...changed })[0];
}

const incoming = (changed: object): GatewayEvent | undefined => read('incoming-after-greeting', changed);
const conversation = sample('chatwoot/incoming-after-greeting.json').conversation as object;

describe('content', () => {
  it('is every file of a message, each of its type', () => {
    expect(read('incoming-attachments')).toMatchObject({
      ...{ kind: 'message', type: 'image', text: '' },
      media: [
        { type: 'image', mimeType: 'image/jpeg', size: 84211 },
        { type: 'document', mimeType: 'application/pdf' },
      ],
    });
  });

  it.each([
    ['audio', { file_type: 'audio', data_url: 'https://c.example.test/1' }, 'audio'],
    ['a shared post', { file_type: 'share', data_url: 'https://c.example.test/2' }, 'document'],
    ['a place', { file_type: 'location', coordinates_lat: 55.75, coordinates_long: 37.61 }, 'location'],
    ['a card', { file_type: 'contact', fallback_title: '+79001234567' }, 'contacts'],
  ])('may be %s', (_, attachment, type) => {
    expect(incoming({ content: null, attachments: [attachment] })).toMatchObject({ type, media: [{ type }] });
  });

  it('of a place or a card is in the metadata', () => {
    const attachments = [
      { file_type: 'location', coordinates_lat: 55.75, coordinates_long: 37.61, fallback_title: 'Салон' },
      { file_type: 'contact', fallback_title: '+79001234567', meta: { firstName: 'Пётр' } },
    ];
    expect(incoming({ attachments })).toMatchObject({
      metadata: {
        location: { latitude: 55.75, longitude: 37.61, name: 'Салон' },
        contacts: [{ name: 'Пётр', phones: ['+79001234567'] }],
      },
    });
  });

  it('answers another message, where Chatwoot says which', () => {
    expect(incoming({ content_attributes: { in_reply_to: 90400 } })).toMatchObject({ quotedId: '90400' });
  });

  it('of a call is Chatwoot’s own, and what an inbox cannot show is unsupported', () => {
    const call = { content: 'Voice Call', content_type: 'voice_call' };
    expect(incoming(call)).toMatchObject({ kind: 'ignored', reason: 'other-event' });
    const content_attributes = { is_unsupported: true };
    expect(incoming({ content: null, content_attributes })).toMatchObject({ kind: 'unsupported' });
    expect(incoming({ content_attributes })).toMatchObject({ kind: 'message' });
  });

  it('without words and files is empty', () => {
    expect(incoming({ content: null })).toMatchObject({ kind: 'ignored', reason: 'empty' });
  });

  it('never is the conversation’s last message, and no secret of the contact', () => {
    const event = read('incoming-after-greeting');
    expect(JSON.stringify(event)).not.toMatch(/pubsub|Скоро ответим/);
    expect(event).toMatchObject({ senderName: 'Анна', phone: '79001234567', customer: 'cw:57' });
  });
});

describe('who has written', () => {
  it.each([
    ['an agent', { sender: { id: 24, type: 'user' } }, false],
    ['an agent on the phone', { sender: null, content_attributes: { external_echo: true } }, false],
    ['a bot', { sender: { id: 5, type: 'agent_bot' } }, true],
    ['a rule', { sender: { id: 24, type: 'user' }, content_attributes: { automation_rule_id: 7 } }, true],
    ['a campaign', { sender: { id: 24, type: 'user' }, additional_attributes: { campaign_id: 7 } }, true],
    ['Chatwoot itself', { sender: null, message_type: 'template' }, true],
  ])('%s is a human or not', (_, changed, viaApi) => {
    expect(read('outgoing-agent', changed)).toMatchObject({ kind: 'echo', viaApi, senderName: null });
  });

  it('among colleagues concerns no customer, not even once it is updated', () => {
    expect(read('private-note')).toMatchObject({ kind: 'ignored', reason: 'note' });
    expect(read('private-note', { event: 'message_updated' })).toMatchObject({ reason: 'note' });
    expect(read('private-note', { private: false, message_type: 'activity' })).toMatchObject({
      reason: 'protocol',
    });
  });
});

describe('an update', () => {
  it('of a voice note brings its words', () => {
    const attachments = [
      { file_type: 'audio', data_url: 'https://c.example.test/1', transcribed_text: 'завтра' },
    ];
    const event = 'message_updated';
    expect(incoming({ event, content: null, attachments })).toMatchObject({
      ...{ kind: 'edit', targetId: '90501', text: 'завтра', editId: null, timestampMs: null },
      isTranscript: true,
    });
    expect(incoming({ event, content: 'вот', attachments })).not.toHaveProperty('isTranscript');
    expect(incoming({ event, content: null })).toMatchObject({ kind: 'ignored', reason: 'protocol' });
  });

  it('with a choice among options is what the customer says, once', () => {
    const submitted_values = [{ title: '15:00', value: 'slot_1500' }];
    const changed = { content_attributes: { submitted_values } };
    expect(read('updated-delivered', changed)).toMatchObject({
      ...{ kind: 'message', text: '15:00', buttonId: 'slot_1500', quotedId: '90503' },
      messageId: '90503-submitted',
    });
  });

  it('tells that the messenger has refused a message of ours', () => {
    const content_attributes = { external_error: '131047: Re-engagement message' };
    expect(read('updated-delivered', { content_attributes })).toMatchObject({
      ...{ kind: 'status', status: 'failed', messageId: '90503' },
      failure: 'the messenger behind Chatwoot refused it',
    });
  });
});

describe('a change of status', () => {
  const changed = (before: string | null, after: string, event = 'conversation_status_changed'): unknown =>
    read('conversation-status-changed', {
      event,
      status: after,
      changed_attributes:
        before === null ? undefined : [{ status: { previous_value: before, current_value: after } }],
    });

  it.each([
    ['pending', 'open', 'humans'],
    ['pending', 'resolved', 'bot'],
    ['open', 'resolved', 'bot'],
    ['open', 'pending', 'bot'],
    // By the customer's own message, it may be.
    ['resolved', 'open', undefined],
    ['snoozed', 'open', undefined],
    ['open', 'snoozed', undefined],
    ['open', 'open', undefined],
    [null, 'open', undefined],
  ])('from %s to %s says who answers: %s', (before, after, attendedBy) => {
    expect(changed(before, after)).toMatchObject({
      kind: 'ignored',
      reason: 'other-event',
      customer: 'cw:57',
    });
    expect((changed(before, after) as { attendedBy?: string }).attendedBy).toBe(attendedBy);
  });

  it('of which an agent bot is told need not say what was before', () => {
    expect(changed(null, 'open', 'conversation_opened')).toMatchObject({ attendedBy: 'humans' });
    expect(changed(null, 'resolved', 'conversation_resolved')).toMatchObject({ attendedBy: 'bot' });
  });
});

it.each(['contact_created', 'conversation_created', 'webwidget_triggered', 'constructor'])(
  '%s concerns no conversation',
  (event) => {
    expect(incoming({ event })).toMatchObject({ kind: 'ignored', reason: 'other-event' });
  },
);

it.each([null, [], {}, { event: 'message_created' }, { event: 'message_updated', conversation: { id: 1 } }])(
  '%j is nothing that can be read',
  (payload) => {
    expect(chatwoot.read(payload)).toMatchObject([{ kind: 'ignored' }]);
  },
);

describe('replies', () => {
  const target = { account: '3', chatId: '57', isGroup: false, messageId: null };
  const { sender } = chatwoot;

  it.each([
    ['Channel::Whatsapp', '57_Whatsapp', 4_096],
    ['Channel::FacebookPage', '57_FacebookPage', 2_000],
    ['Channel::WebWidget', '57', 150_000],
    ['Channel::Instagram', '57_Instagram', 1_000],
  ])('in an inbox of %s are as long as it takes', (channel, chatId, maxLength) => {
    expect(incoming({ conversation: { ...conversation, channel } })).toMatchObject({ chatId });
    expect(sender?.channelOf?.({ ...target, chatId }).text).toEqual({ maxLength, notation: null });
    expect(sender?.reply({ ...target, chatId }, { text: 'да' }, 't')).toEqual({
      path: ['api', 'v1', 'accounts', '3', 'conversations', '57', 'messages'],
      headers: { api_access_token: 't' },
      body: { content: 'да', message_type: 'outgoing', private: false },
    });
  });

  it('to Instagram by a page are Instagram’s', () => {
    const additional_attributes = { type: 'instagram_direct_message' };
    const changed = { ...conversation, channel: 'Channel::FacebookPage', additional_attributes };
    expect(incoming({ conversation: changed })).toMatchObject({ chatId: '57_Instagram' });
  });

  it('need an account and a token', () => {
    expect(sender?.reply({ ...target, account: null }, { text: 'да' }, 't')).toBeNull();
    expect(sender?.reply(target, { text: 'да' }, null)).toBeNull();
    expect(sender?.typing(target, 't', 1_000)?.body).toEqual({ typing_status: 'on' });
    expect(sender?.sentId({ id: 90505 })).toBe('90505');
  });
});
