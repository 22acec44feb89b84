import { addressBelow } from './address';

const API = 'http://gateway.example.org/v2/?key=k';

describe('an address below an API', () => {
  it.each([
    [['salon nord'], '/v2/salon%20nord'],
    [['a/../b', 'x?y#z'], '/v2/a%2F..%2Fb/x%3Fy%23z'],
    [['%2e%2e'], '/v2/%252e%252e'],
    [['...'], '/v2/...'],
    [['\\..\\'], '/v2/%5C..%5C'],
    [['\n\u0000'], '/v2/%0A%00'],
    [['💇'], '/v2/%F0%9F%92%87'],
    [['bot123:ABC', '//x:1'], '/v2/bot123:ABC/%2F%2Fx:1'],
  ])('keeps %j inside its path', (segments, path) => {
    const address = addressBelow(API, segments);
    expect([address?.host, address?.pathname, address?.search]).toEqual([
      'gateway.example.org',
      path,
      '?key=k',
    ]);
  });

  it('has the query of the call beside its own', () => {
    expect(addressBelow(API, ['messages'], { chat_id: '-7', a: 'b&c' })?.search).toBe(
      '?key=k&chat_id=-7&a=b%26c',
    );
  });

  it('is the API’s own where nothing stands below', () => {
    expect(addressBelow('http://gateway.example.org/in/', [])?.pathname).toBe('/in/');
  });

  it.each([['\ud83d'], ['\udc87 nord'], ['.'], ['..'], ['']])('cannot hold %j', (segment) => {
    expect(addressBelow(API, ['messages', segment])).toBeNull();
  });
});
