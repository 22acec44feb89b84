import { validateEnvironment } from '@app/config';
import { gatewaysSettings } from './gateways.settings';

describe('the companies of accounts', () => {
  it('are found by gateway and account, whole numbers as numbers', () => {
    const env = validateEnvironment(gatewaysSettings, {
      GATEWAY_COMPANIES: 'meta:277=962302,waha:a=b:c=salon,evolution=7',
    });
    expect([...gatewaysSettings.shape(env).companies]).toEqual([
      ['meta:277', 962302],
      ['waha:a=b:c', 'salon'],
      ['evolution', 7],
    ]);
  });
});
