export const messengerExample = {
  object: 'page',
  entry: [
    {
      id: '117000000000001',
      messaging: [
        {
          sender: { id: '3383000000000001' },
          recipient: { id: '117000000000001' },
          message: { text: 'Здравствуйте' },
        },
      ],
    },
  ],
};
