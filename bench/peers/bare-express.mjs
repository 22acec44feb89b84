// A limit, not a system: Express that reads the body, stores nothing and answers.
import express from 'express';

const app = express();

app.use(express.json());
app.post('/webhook/whatsapp/batched', (request, response) => {
  response.json({ success: true, phone: request.body.phone });
});

app.listen(Number(process.env.PORT), () => process.send?.('ready'));
process.on('SIGTERM', () => process.exit(0));
