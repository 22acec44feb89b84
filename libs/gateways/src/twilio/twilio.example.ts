/** Without an id it is no message: another `MessageSid` makes another fragment. */
export const twilioExample = {
  MessageSid: 'SM000000000000000000000000000000a1',
  AccountSid: 'AC00000000000000000000000000000000',
  From: 'whatsapp:+79001234567',
  To: 'whatsapp:+15550783881',
  ProfileName: 'Анна',
  Body: 'Здравствуйте',
  NumMedia: '0',
};
