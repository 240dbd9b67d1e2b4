import { runnerImport } from 'vite';

/** Node 20 reads no TypeScript; Vite does. */
for (const name of ['lists', 'scroll']) {
  const { module } = await runnerImport(`./tests/bench/${name}.ts`, { configFile: false, logLevel: 'error' });
  await module.run();
}
