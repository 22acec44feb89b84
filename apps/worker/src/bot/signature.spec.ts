import { signatureHeaders } from './signature';

// The example of the specification, https://github.com/standard-webhooks/standard-webhooks, spec, "Signature scheme".
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const ID = 'msg_p5jXN8AQM9LWM0D4loKWxJek';
const BODY = '{"test": 2432232314}';
const AT = new Date(1614265330_000);

describe('the signature', () => {
  it('is that of the standard’s own example', () => {
    expect(signatureHeaders(ID, BODY, [SECRET], AT)).toEqual({
      'webhook-id': ID,
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('is given for each secret while one is replaced', () => {
    const { 'webhook-signature': both } = signatureHeaders(ID, BODY, [SECRET, `whsec_${'A'.repeat(32)}`], AT);
    expect(both?.split(' ')).toHaveLength(2);
    expect(both).toContain('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  });

  it('is not there without a secret, and the id is', () =>
    expect(signatureHeaders(ID, BODY, [], AT)).toEqual({
      'webhook-id': ID,
      'webhook-timestamp': '1614265330',
    }));
});
