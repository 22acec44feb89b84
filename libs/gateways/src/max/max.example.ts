export const maxExample = {
  update_type: 'message_created',
  user_locale: 'ru',
  message: {
    recipient: { chat_id: 730000045, chat_type: 'dialog', user_id: 720000009 },
    sender: { user_id: 710000001, first_name: 'Анна', is_bot: false },
    body: { text: 'Здравствуйте' },
  },
};
