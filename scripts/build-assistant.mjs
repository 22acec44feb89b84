import { buildAssistant } from './setup/assistant.mjs';
import { runScript } from './setup/steps.mjs';

// The applications are built before: `npm run build`.
await runScript(() => buildAssistant());
