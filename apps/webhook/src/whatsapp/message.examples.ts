/** Bodies that Swagger UI can send unchanged; without times, so that they merge in the order of sending. */
export const MESSAGE_EXAMPLES = {
  one: {
    summary: 'One fragment',
    value: { phone: '+79001234567', message: 'Запишите на стрижку меня', companyId: 962302 },
  },
  identified: {
    summary: 'With an id: send it twice, the second is a duplicate',
    value: {
      phone: '79001234567',
      message: 'На завтра',
      companyId: 962302,
      messageId: '3EB0A1B2C3D4E5F60718',
      type: 'text',
      metadata: {},
    },
  },
  several: {
    summary: 'Several at once, as the predecessor took them',
    value: {
      companyId: 962302,
      messages: [
        { from: '79001234567@c.us', body: 'В 18:00', messageId: '3EB0A1B2C3D4E5F60719' },
        { from: '79001234567@c.us', body: 'К Бари', messageId: '3EB0A1B2C3D4E5F60720' },
      ],
    },
  },
  venom: {
    summary: 'A whole Venom message',
    value: {
      id: 'false_79001234567@c.us_3EB0A1B2C3D4E5F60721',
      body: 'Здравствуйте',
      type: 'chat',
      from: '79001234567@c.us',
      to: '79007654321@c.us',
      isGroupMsg: false,
      fromMe: false,
    },
  },
  voice: {
    summary: 'A voice note',
    value: {
      phone: '79001234567',
      type: 'audio',
      media: { url: 'https://gateway.example/media/1', mimeType: 'audio/ogg', size: 18230 },
    },
  },
};
