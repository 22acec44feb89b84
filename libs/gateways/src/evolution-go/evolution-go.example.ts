export const evolutionGoExample = {
  event: 'Message',
  instanceName: 'salon',
  data: {
    Info: {
      Chat: '79001234567@s.whatsapp.net',
      Sender: '79001234567@s.whatsapp.net',
      IsFromMe: false,
      IsGroup: false,
      PushName: 'Анна',
    },
    Message: { conversation: 'Здравствуйте' },
  },
};
