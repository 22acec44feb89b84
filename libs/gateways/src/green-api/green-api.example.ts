export const greenApiExample = {
  typeWebhook: 'incomingMessageReceived',
  instanceData: { idInstance: 1101000001, wid: '79007654321@c.us', typeInstance: 'whatsapp' },
  senderData: { chatId: '79001234567@c.us', sender: '79001234567@c.us', senderName: 'Анна' },
  messageData: { typeMessage: 'textMessage', textMessageData: { textMessage: 'Здравствуйте' } },
};
