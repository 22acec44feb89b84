const CONTACT = { id: 812, name: 'Анна', phone_number: '+79001234567' };

export const chatwootExample = {
  event: 'message_created',
  account: { id: 3, name: 'Салон' },
  inbox: { id: 11, name: 'WhatsApp' },
  message_type: 'incoming',
  content_type: 'text',
  content: 'Здравствуйте',
  private: false,
  sender: CONTACT,
  conversation: {
    id: 57,
    inbox_id: 11,
    channel: 'Channel::Whatsapp',
    status: 'pending',
    contact_inbox: { source_id: '79001234567', inbox_id: 11 },
    meta: { sender: { ...CONTACT, type: 'contact' }, assignee: null },
  },
};
