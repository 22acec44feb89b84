export const telegramExample = {
  message: {
    from: { id: 7000000002, is_bot: false, first_name: 'Анна', language_code: 'ru' },
    chat: { id: 7000000002, first_name: 'Анна', type: 'private' },
    text: 'Здравствуйте',
  },
};
