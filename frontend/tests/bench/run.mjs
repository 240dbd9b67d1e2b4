import { runnerImport } from 'vite';

/** Node 20 reads no TypeScript; Vite does. */
const { module } = await runnerImport('./tests/bench/lists.ts', { configFile: false, logLevel: 'error' });
await module.run();
