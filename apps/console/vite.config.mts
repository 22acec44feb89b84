import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** Builds the live page into `dist/console`, from where the webhook serves it at `/live`. */
export default defineConfig({
  root: fileURLToPath(new URL('src', import.meta.url)),
  base: '/live/',
  resolve: {
    alias: { '@app/contracts': fileURLToPath(new URL('../../libs/contracts/src/index.ts', import.meta.url)) },
  },
  build: {
    outDir: fileURLToPath(new URL('../../dist/console', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    // What is inlined as a data address would need a laxer policy.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
});
