import { type Gateway, GATEWAYS, type ReplyTarget } from '@app/gateways';
import { groundOf, reading } from '../testing/companies';
import { Companies } from './companies';
import { ofAccount } from './places';

/** The words in which each party's keys are told apart, in every shape that a gateway asks for. */
const PARTIES = { salon: 'AC5a10n000', clinic: 'ACc11n1c00', environment: 'ACe0v00000' };
type Party = keyof typeof PARTIES;

/** The account of each company, at whichever gateway. */
const ACCOUNTS: Record<Exclude<Party, 'environment'>, string> = { salon: '7100000001', clinic: '7100000002' };

const SENDING = GATEWAYS.filter(({ sender }) => sender !== null);

/** What an account has of its own: a token, and whatever else belongs to it; where it is sent to is the environment's. */
function keysOf({ name }: Gateway, party: Party): Record<string, string> {
  const token = name === 'gowa' ? `user:${PARTIES[party]}` : PARTIES[party];
  const all = [...ofAccount(name).keys()].filter((key) => key !== 'url');
  return Object.fromEntries(all.map((key) => [key, key === 'token' ? token : PARTIES[party]]));
}

function environmentOf(gateway: Gateway): Record<string, string> {
  const values: Record<string, string> = {
    url: 'https://gateway.example',
    ...keysOf(gateway, 'environment'),
  };
  return Object.fromEntries([...ofAccount(gateway.name)].map(([key, { name }]) => [name, values[key] ?? '']));
}

const fileOf = (gateway: Gateway): string =>
  JSON.stringify({
    companies: Object.fromEntries(
      Object.entries(ACCOUNTS).map(([company, account]) => [
        company,
        { accounts: [{ gateway: gateway.name, account, ...keysOf(gateway, company as Party) }] },
      ]),
    ),
  });

/** Everything that a reply of a company shows to its gateway, with what Basic hides. */
function shown(gateway: Gateway, companies: Companies, company: string | null, account: string): string {
  const settings = companies.senderOf(company, gateway.name, account);
  const target: ReplyTarget = { account, chatId: '79001234567@c.us', isGroup: false, messageId: 'm-1' };
  const call = gateway.sender?.reply(target, { text: 'hello' }, settings?.token ?? null);
  if (!call) throw new Error(`${gateway.name} makes no call`);
  const basic = /^Basic (.+)$/.exec(call.headers.authorization ?? '')?.[1] ?? '';
  return `${JSON.stringify(call)} ${atob(basic)}`;
}

describe.each(SENDING.map((gateway) => ({ name: gateway.name, gateway })))(
  'an account at $name',
  ({ gateway }) => {
    const variables = environmentOf(gateway);
    const companies = new Companies(groundOf(variables), null);
    const { read, problems } = reading(fileOf(gateway), variables);
    if (read) companies.replace(read);

    it('is in order', () => expect(problems).toEqual([]));

    it.each(Object.entries(ACCOUNTS))('of the %s sends with its own token alone', (company, account) => {
      const said = shown(gateway, companies, company, account);
      const others = Object.entries(PARTIES).filter(([party]) => party !== company);
      expect(said).toContain(PARTIES[company as Party]);
      for (const [, mark] of others) expect(said).not.toContain(mark);
    });

    it('of nobody’s sends with the environment’s', () =>
      expect(shown(gateway, companies, null, '7100000003')).toContain(PARTIES.environment));
  },
);
