import { conversationOf, isCompanyId, parseConversationId, phoneOf } from './conversation';
import { CUSTOMER_KINDS } from './customer-kind';

const PHONE = '79001234567';

describe('a conversation', () => {
  it('is named by its customer, and by its company where one is known', () => {
    expect(conversationOf(PHONE, null).id).toBe(PHONE);
    expect(conversationOf(PHONE, 962302).id).toBe(`962302:${PHONE}`);
    expect(conversationOf('wa-lid:1', 'salon').id).toBe('salon:wa-lid:1');
  });

  it.each([
    ...[PHONE, 'wa-lid:1', 'wa-bsuid:RU.1A', 'wa-group:120363000000000000'],
    ...['tg:700000001', 'tg-group:-1007000000001_42:tg:700000001', 'sms:79001234567', 'cw:17'],
  ])('is the same after its id was taken apart: %s, with a company and without', (customer) => {
    for (const companyId of [null, 'salon', '962302']) {
      const conversation = conversationOf(customer, companyId);
      expect(parseConversationId(conversation.id)).toEqual(conversation);
    }
  });

  it('never has one id for two companies, or for a company and none', () => {
    const companies = [null, 1, 2, 12, 'a', 'a.1', 'a-1', 'a_1'];
    const customers = [PHONE, `1${PHONE}`, 'wa-lid:1', 'wa-group:12'];
    const ids = companies.flatMap((company) => customers.map((each) => conversationOf(each, company).id));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each([...CUSTOMER_KINDS, '', ' ', 'a:b', '{a}', 'a b', '-a', '.a', 'ä', 'a'.repeat(65)])(
    'has no company called "%s"',
    (company) => {
      expect(isCompanyId(company)).toBe(false);
      expect(() => conversationOf(PHONE, company)).toThrow(RangeError);
    },
  );

  it('has a phone where its customer is one', () => {
    expect(phoneOf(PHONE)).toBe(PHONE);
    expect(phoneOf(`sms:${PHONE}`)).toBe(PHONE);
    expect(['wa-lid:79001234567', 'tg:79001234567', 'tg-group:-1:79001234567'].map(phoneOf)).toEqual(
      Array(3).fill(null),
    );
  });
});
