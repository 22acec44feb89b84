export const gowaExample = {
  event: 'message',
  device_id: '79007654321@s.whatsapp.net',
  session_id: 'salon',
  payload: {
    chat_id: '79001234567@s.whatsapp.net',
    from: '79001234567@s.whatsapp.net',
    from_name: 'Анна',
    is_from_me: false,
    body: 'Здравствуйте',
  },
};
