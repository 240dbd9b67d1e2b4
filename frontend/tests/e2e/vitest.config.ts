import { defineConfig } from 'vitest/config';

/** Tests in Debian's Chromium, two files at a time: each has a program, a data folder and a browser of its own. */
export default defineConfig({
  test: {
    include: ['tests/e2e/**/*.test.ts'],
    environment: 'node',
    maxWorkers: 2,
    testTimeout: 90_000,
    hookTimeout: 90_000,
    expect: { poll: { timeout: 10_000 } },
  },
});
