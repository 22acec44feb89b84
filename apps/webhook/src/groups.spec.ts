import { customerUnder } from './groups';

const GROUP = 'wa-group:120363041234567890';
const PHONE = '79001234567';

describe('the conversation of a message', () => {
  it.each(['ignore', 'per-chat', 'per-sender'] as const)('outside groups is the customer’s: %s', (policy) => {
    expect(customerUnder(policy, PHONE, null)).toBe(PHONE);
  });

  it('in a group is ignored, the group’s, or that of the member who speaks', () => {
    expect(customerUnder('ignore', GROUP, PHONE)).toBeNull();
    expect(customerUnder('per-chat', GROUP, PHONE)).toBe(GROUP);
    expect(customerUnder('per-sender', GROUP, PHONE)).toBe(`${GROUP}:${PHONE}`);
  });

  it('is the group’s if the speaker is unknown', () => {
    expect(customerUnder('per-sender', GROUP, null)).toBe(GROUP);
  });

  it('is another one in another group', () => {
    expect(customerUnder('per-sender', 'wa-group:1', PHONE)).not.toBe(
      customerUnder('per-sender', 'wa-group:2', PHONE),
    );
  });
});
