import { GATEWAY_NAMES, wayToFile } from './gateways';

const SENDER = { url: 'http://gateway.test', token: 'default:token' } as never;
const ODD = ['', ' ', '%', '%zz', '%E0%A4%A', 'http://[', 'https://files.test/%zz', '\u0000', '//', '..'];
const ADDRESSES = [...ODD, ...ODD.map((name) => `http://localhost:3000/api/files/${name}`)];

/** The webhook asks before it stores the message: a way that failed would keep it from being stored. */
describe.each(GATEWAY_NAMES)('the way to a file of %s', (gateway) => {
  it.each([SENDER, null])('is found or not, and fails over no address, no id and no chat', (sender) => {
    for (const odd of ADDRESSES)
      for (const chatId of [odd, '79001234567@c.us']) {
        const source = { gateway, account: 'default', chatId };
        const file = { messageId: odd, source, media: { id: odd, url: odd } };
        expect(() => wayToFile(file, sender)).not.toThrow();
      }
  });
});
