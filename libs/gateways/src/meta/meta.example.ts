export const metaExample = {
  object: 'whatsapp_business_account',
  entry: [
    {
      id: '102290129340398',
      changes: [
        {
          field: 'messages',
          value: {
            messaging_product: 'whatsapp',
            metadata: { display_phone_number: '15550783881', phone_number_id: '106540352242922' },
            contacts: [{ profile: { name: 'Анна' }, wa_id: '79001234567' }],
            messages: [{ from: '79001234567', type: 'text', text: { body: 'Здравствуйте' } }],
          },
        },
      ],
    },
  ],
};
