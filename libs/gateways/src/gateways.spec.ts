import { GATEWAYS, senderVariableOf, tokenVariableOf } from './gateways';

/** What a gateway can be held to whatever it is: most mistakes of a new one. */
describe.each(GATEWAYS.map((gateway) => [gateway.name, gateway] as const))('%s', (name, gateway) => {
  const declared = gateway.settings?.variables.map((variable) => variable.name) ?? [];

  it('has a name that can stand in a route, in a metric and in GATEWAY_COMPANIES, and that no other has', () => {
    expect(name).toMatch(/^[a-z][a-z0-9-]*$/);
    expect(GATEWAYS.filter((each) => each.name === name)).toHaveLength(1);
  });

  it('declares its own variables, which begin with its name', () => {
    const beginning = `${name.toUpperCase().replaceAll('-', '_')}_`;
    expect(declared.filter((variable) => !variable.startsWith(beginning))).toEqual([]);
    expect(gateway.settings?.name ?? name).toBe(name);
  });

  it('names the variable without which its replies are logged, if it can send any', () => {
    const variable = senderVariableOf(name);
    expect(variable === null || declared.includes(variable)).toBe(true);
    expect(variable !== null).toBe(gateway.sender !== null);
  });

  it('names the variable of its token, if it can send any', () => {
    const variable = tokenVariableOf(name);
    expect(variable === null || declared.includes(variable)).toBe(true);
    expect(variable !== null).toBe(gateway.sender !== null);
  });

  it('shows a text that can be sent again and again: it has no time, nor an id where it need not', () => {
    if (gateway.example === undefined) return;
    const messageId = 'MessageSid' in gateway.example ? gateway.example.MessageSid : null;
    expect(gateway.read(gateway.example)).toMatchObject([
      { kind: 'message', type: 'text', text: 'Здравствуйте', messageId, timestampMs: null },
    ]);
  });

  it('proves itself by a variable that it declares, or by WEBHOOK_SECRET', () => {
    const named = [gateway.secretVariable, gateway.handshake?.tokenVariable ?? gateway.secretVariable];
    expect([...declared, 'WEBHOOK_SECRET']).toEqual(expect.arrayContaining(named));
  });
});
