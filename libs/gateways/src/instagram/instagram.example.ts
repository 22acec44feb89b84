export const instagramExample = {
  object: 'instagram',
  entry: [
    {
      id: '17841400000000000',
      messaging: [
        {
          sender: { id: '1234567890123456' },
          recipient: { id: '17841400000000000' },
          message: { text: 'Здравствуйте' },
        },
      ],
    },
  ],
};
