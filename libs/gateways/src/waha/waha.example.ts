export const wahaExample = {
  event: 'message',
  session: 'default',
  me: { id: '79007654321@c.us', pushName: 'Салон' },
  payload: { from: '79001234567@c.us', fromMe: false, body: 'Здравствуйте', hasMedia: false },
};
