// A bot that books: what it may not do twice, it does only once its answer is committed, under the turn's id.
//
//   BOT_SECRET=whsec_… PORT=4000 node examples/booking-bot/bot.mjs
//   BOT_SECRET=whsec_… BOT_URL=http://localhost:4000/ BUSY_POLICY=supersede PREEMPTIVE_START=1500 npm start
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';

const { BOT_SECRET, PORT = '4000', THINK_MS = '0' } = process.env;
if (!BOT_SECRET) {
  console.error(
    'BOT_SECRET is not set: whsec_ and what `openssl rand -base64 32` prints, the same as the worker’s',
  );
  process.exit(78);
}
const webhook = new Webhook(BOT_SECRET);
// Hour → the turn that has booked it. Yours belongs into a database, with a unique key on each of the two.
const bookings = new Map();

/** Plans, and does nothing: a further fragment may still supersede the call, and another call will have all of them. */
async function plan({ text: wish }) {
  await pause(Number(THINK_MS));
  const hour = Number([...wish.matchAll(/\b(\d{1,2})(?::00)?\b/g)].at(-1)?.[1] ?? NaN);
  if (!Number.isInteger(hour)) return { reply: 'At what time?' };
  if (bookings.has(hour)) return { reply: `${hour}:00 is taken.` };
  return { reply: `You are booked for ${hour}:00.`, commit: { hour } };
}

/** The answer is final. A notice that comes again, because ours was lost, is answered as before. */
function book({ turnId, commit: { hour } }) {
  if ([...bookings.values()].includes(turnId)) return {};
  if (bookings.has(hour)) return { reply: `${hour}:00 has just been taken. At what other time?` };
  bookings.set(hour, turnId);
  console.log(`booked ${hour}:00 for ${turnId}`);
  return {};
}

const server = createServer((request, response) => {
  answer(request, response).catch((error) => {
    console.log(`gave up: ${error.message}`);
    response.destroy();
  });
});

async function answer(request, response) {
  const body = await text(request);
  let call;
  try {
    call = webhook.verify(body, request.headers);
  } catch (error) {
    console.log(`refused: ${error.message}`);
    return response.writeHead(401).end();
  }
  const said = call.type === 'commit' ? book(call) : await plan(call);
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(said));
}

server.listen(Number(PORT), () => console.log(`listening on ${server.address().port}`));
