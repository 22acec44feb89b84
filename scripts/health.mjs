// Whether the process on this port is ready, for containers, which have no curl: `node health.mjs 3001`.
const port = process.argv[2] ?? '3000';
const answer = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => undefined);
process.exit(answer?.ok ? 0 : 1);
