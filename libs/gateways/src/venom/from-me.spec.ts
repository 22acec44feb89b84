import { readVenom } from './venom.reader';

const TO = { from: '79990000000@c.us', to: '79001234567@c.us', body: 'ours', id: 'ABCDEF' };

it.each([
  { fromMe: true },
  { fromMe: 'True' },
  { from_me: 1 },
  { isFromMe: 'yes' },
  { is_from_me: true },
  { IsFromMe: true },
  { fromme: 'true' },
  { key: { fromMe: true } },
])('the business’s own message is no customer’s, however that is spelt: %j', (spelling) => {
  expect(readVenom({ ...TO, ...spelling })).toMatchObject([{ kind: 'echo', customer: '79001234567' }]);
});

it.each([{}, { fromMe: false }, { from_me: '0' }, { key: { fromMe: false } }])(
  'a customer’s is: %j',
  (spelling) => {
    expect(readVenom({ ...TO, ...spelling })).toMatchObject([{ kind: 'message', customer: '79990000000' }]);
  },
);
