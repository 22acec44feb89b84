import { aMergedMessage } from '../../../../test/support/bots/merged-message';
import { aDialect, reads } from '../testing/dialect';

const evolution = aDialect('evolution', { key: 'k' });

it('a bot is called as Evolution calls it', async () => {
  const message = aMergedMessage();
  const [part] = message.messages;
  if (!part) throw new Error('no message');
  const named = { ...message, messages: [{ ...part, metadata: { senderName: 'Anna' } }] };
  expect(await evolution.call(named, null)).toMatchObject({
    headers: { authorization: 'Bearer k' },
    body: {
      inputs: {
        ...{ sessionId: '79001234567', remoteJid: '79001234567@c.us', pushName: 'Anna' },
        ...{ fromMe: false, instanceName: 'salon' },
      },
      query: 'hello',
      user: '79001234567@c.us',
    },
  });
});

it.each([
  ['good day', 'good day'],
  ["'good day'", 'good day'],
  ["'tis a 'good' day'", "'tis a 'good' day'"],
])('its message %j is said as %j', async (message, text) => {
  expect(await reads(evolution, { message, linkPreview: false })).toEqual({
    kind: 'said',
    answer: { replies: [text] },
  });
});
