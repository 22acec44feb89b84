export const venomExample = {
  body: 'Здравствуйте',
  type: 'chat',
  from: '79001234567@c.us',
  to: '79007654321@c.us',
  sender: { pushname: 'Анна' },
  isGroupMsg: false,
  fromMe: false,
};
