import { type GatewayEvent, gatewayNamed, type MessageEvent, wayToFile } from '@app/gateways';
import { payloadIn, sampleOf } from '../../../../test/support/gateway-samples';
import { StandIn } from '../../../../test/support/stand-in';
import { FileFetcher } from './file-fetcher';
import { BYTES, type Contract, CONTRACTS, WITHOUT_A_WAY } from './testing/gateway-contracts';

describe('the file of a message', () => {
  let server: StandIn;

  beforeEach(async () => (server = await StandIn.start()));
  afterEach(() => server.stop());

  type Fetched = Awaited<ReturnType<FileFetcher['fetch']>> | 'no way';

  function fetched(
    sample: string,
    { edit, hosts, token }: Pick<Contract, 'edit' | 'hosts' | 'token'>,
  ): Promise<Fetched> {
    const { gateway, bytes } = sampleOf(sample);
    const edited = edit?.(bytes.toString()) ?? bytes.toString();
    const body = hosts === undefined ? edited : edited.replace(hosts, server.url);
    const event = gatewayNamed(gateway)?.read(payloadIn(gateway, body)).find(isMessage);
    if (!event) throw new Error(`${sample} has no message`);
    const { account, chatId, messageId, media } = event;
    const sender = { url: server.url, token };
    const file = { messageId, source: { gateway, account, chatId }, media: media[0] ?? null };
    const way = wayToFile(file, sender);
    const limits = { timeoutMs: 20_000, maxBytes: 1_000, signal: new AbortController().signal };
    return way === null ? Promise.resolve('no way') : new FileFetcher().fetch(way, server.url, limits);
  }

  function answers({ serve }: Contract): void {
    server.answer = (heard, response) => {
      const served = serve(heard, server.url);
      if (served === 'file') return void response.end(BYTES);
      if ('location' in served) return void response.writeHead(302, { location: served.location }).end();
      response.writeHead(served.status ?? 200).end('json' in served ? JSON.stringify(served.json) : '');
    };
  }

  it.each(Object.entries(CONTRACTS))('of %s is given as its documentation says', async (_, contract) => {
    answers(contract);
    expect(await fetched(contract.sample, contract)).toMatchObject({ kind: 'done', value: { bytes: BYTES } });
  });

  it.each(Object.entries(CONTRACTS).filter(([, { isOpen }]) => !isOpen))(
    'of %s is given to nobody with another token, which is no reason to ask again',
    async (_, contract) => {
      answers(contract);
      const token = contract.token.replace(/token|key|password/, 'other');
      expect(await fetched(contract.sample, { ...contract, token })).toMatchObject({
        kind: 'missing',
        why: 'no-file',
      });
    },
  );

  it.each(WITHOUT_A_WAY)('of %s cannot be had', async (sample) => {
    expect(await fetched(sample, { token: 'token' })).toBe('no way');
    expect(server.heard).toEqual([]);
  });
});

function isMessage(event: GatewayEvent): event is MessageEvent {
  return event.kind === 'message';
}
