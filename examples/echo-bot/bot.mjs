// A bot in forty lines: it takes merged messages from the worker, sees that they are genuine, and answers each once.
//
//   BOT_SECRET=whsec_… PORT=4000 node examples/echo-bot/bot.mjs
//   BOT_SECRET=whsec_… BOT_URL=http://localhost:4000/ npm start
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';

const { BOT_SECRET, PORT = '4000' } = process.env;
if (!BOT_SECRET) {
  console.error(
    'BOT_SECRET is not set: whsec_ and what `openssl rand -base64 32` prints, the same as the worker’s',
  );
  process.exit(78);
}
const webhook = new Webhook(BOT_SECRET);
// A message may come again, after a time-out say, always under its own id. Yours belong into a database.
const answered = new Map();

const server = createServer((request, response) => {
  // A request may be broken off; a bot that exits over it answers no further request.
  answer(request, response).catch((error) => {
    console.log(`gave up: ${error.message}`);
    response.destroy();
  });
});

async function answer(request, response) {
  const body = await text(request);
  let message;
  try {
    // The bytes as they came: JSON that was parsed and written anew has another signature.
    message = webhook.verify(body, request.headers);
  } catch (error) {
    console.log(`refused: ${error.message}`);
    return response.writeHead(401).end();
  }
  const { batchId, messageCount } = message;
  const isNew = !answered.has(batchId);
  if (isNew) answered.set(batchId, `You wrote: ${message.text}`);
  console.log(`${isNew ? 'took' : 'has had'} ${batchId}: signature valid, ${messageCount} fragments`);
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ reply: answered.get(batchId) }));
}

server.listen(Number(PORT), () => console.log(`listening on ${server.address().port}`));
