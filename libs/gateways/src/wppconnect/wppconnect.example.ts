export const wppconnectExample = {
  event: 'onmessage',
  session: 'salon',
  body: 'Здравствуйте',
  type: 'chat',
  from: '79001234567@c.us',
  to: '79007654321@c.us',
  fromMe: false,
  sender: { id: '79001234567@c.us', pushname: 'Анна' },
  isGroupMsg: false,
  isMedia: false,
};
