export const evolutionExample = {
  event: 'messages.upsert',
  instance: 'salon',
  data: {
    key: { remoteJid: '79001234567@s.whatsapp.net', fromMe: false },
    pushName: 'Анна',
    message: { conversation: 'Здравствуйте' },
    messageType: 'conversation',
  },
  sender: '79007654321@s.whatsapp.net',
};
