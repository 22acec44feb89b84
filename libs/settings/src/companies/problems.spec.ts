import { reading } from '../testing/companies';

const SECRET = 'open-sesame-please';

describe('a companies file with problems', () => {
  it('is refused with all of them at once, each with its line, and no value', () => {
    const text = `companies:
  salon:
    name: ''
    timeZone: Europe/Moskow
    colour: red
    accounts:
      - gateway: whatsapp
        token: ${SECRET}
      - gateway: meta
        account: 277321005464405
        token: "two words"
      - gateway: meta
        account: 277321005464405
    bot:
      url: ${SECRET}
      apiKey: \${NO_SUCH_KEY}
      secret: 12345
      timeout: 9s
    window:
      batchTimeout: 90000
      batchTimeoutByType: [audio]
      maxBatchSize:
    busyPolicy: ${SECRET}
  my company: {}
  clinic:
    bot: { preset: dify, url: 'https://dify.example.org/v1/chat-messages' }
    window: { batchTimeout: 60000, batchMaxWait: 60000 }
    busyPolicy: hold
`;
    const { read, problems } = reading(text, {
      BATCH_TTL: '100',
      META_API_URL: 'https://graph.example.org',
      META_API_TOKEN: 'ours',
    });
    expect(read).toBeNull();
    expect(problems).toEqual([
      expect.stringMatching(/^line 2: salon BATCH_TTL must be at least 3 times the longest silence/),
      'line 3: salon.name must be 1 to 200 characters',
      'line 4: salon.timeZone must be a time zone: Europe/Moscow',
      expect.stringMatching(/^line 5: salon.colour is not known here; known are name, timeZone, accounts, /),
      expect.stringMatching(/^line 7: salon.accounts\[0\].gateway must be one of chatwoot, /),
      'line 11: salon.accounts[1].token must be free of spaces',
      'line 12: salon.accounts[2] names an account of this company for the second time',
      expect.stringMatching(/^line 15: salon.bot.url must be an http:\/\/ or https:\/\/ address/),
      'line 16: salon.bot.apiKey refers to the variable NO_SUCH_KEY, which is not set',
      expect.stringMatching(/^line 17: salon.bot.secret must be whsec_ and at least 8 bytes/),
      'line 18: salon.bot.timeout must be a whole number of milliseconds from 100 to 3600000',
      'line 19: salon.window.batchMaxWait must not be shorter than window.batchTimeout, window.batchTimeoutMax or any entry of window.batchTimeoutByType',
      'line 21: salon.window.batchTimeoutByType must be a mapping of keys to values',
      'line 22: salon.window.maxBatchSize is empty',
      'line 23: salon.busyPolicy must be one of hold, supersede, parallel',
      'line 24: my company must be 1 to 64 letters, digits, dots, dashes or underscores',
      expect.stringMatching(/^line 25: clinic BATCH_TTL must be at least 3 times the longest silence/),
      'line 26: clinic.bot.apiKey is required with bot.preset=dify',
    ]);
    expect(problems.join()).not.toContain(SECRET);
  });

  it.each([
    ['no YAML', 'companies: [', /^line 1 is no YAML: bad indent$/],
    ['a password that is no YAML', `companies: {a: @${SECRET}}`, /^line 1 is no YAML/],
    ['a key twice', 'companies:\n  a: {}\n  a: {}', /^line 3 stands here for the second time$/],
    [
      'a number and a text that are one',
      'companies:\n  1: {}\n  "1": {}',
      /^line 3 stands here for the second time$/,
    ],
    ['nothing', '', /must be a mapping of keys to values$/],
    ['no company', 'companies: {}', /^line 1: companies names no company$/],
    ['something else', 'company: {}', /^line 1: company is not known here; known are companies$/],
    ['an alias that leads nowhere', 'companies: *salon', /^line 1/],
    [
      'an account of another',
      'companies:\n  a: {accounts: [{gateway: max}]}\n  b: {accounts: [{gateway: max}]}',
      /^line 3: b.accounts\[0\].account belongs to the company a already$/,
    ],
    [
      'an account with a large number',
      'companies: {a: {accounts: [{gateway: waha, account: 9007199254740993}]}}',
      /put it in quotation marks$/,
    ],
    [
      'a token for nowhere',
      'companies: {a: {accounts: [{gateway: waha, account: b, token: c}]}}',
      /needs a url too/,
    ],
    ['a bot without an address', 'companies: {a: {bot: {preset: n8n}}}', /a.bot.url is required/],
    [
      'a secret of a file that is not there',
      'companies: {a: {bot: {url: "http://a.example.org", apiKey: {file: none}}}}',
      /a.bot.apiKey refers to a file that cannot be read \(ENOENT\)$/,
    ],
  ])('such as %s says so', (_, text, expected) => {
    const { read, problems } = reading(text);
    expect(read).toBeNull();
    expect(problems).toContainEqual(expect.stringMatching(expected));
    expect(problems.join()).not.toContain(SECRET);
  });

  it('also says what an account is by GATEWAY_COMPANIES', () => {
    const text = 'companies: {a: {accounts: [{gateway: waha, account: shop}]}}';
    expect(reading(text, { GATEWAY_COMPANIES: 'waha:shop=7' }).problems).toEqual([
      'line 1: a.accounts[0].account belongs to the company 7 already',
    ]);
  });
});
