import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';

export const lib = fileURLToPath(new URL('./src/lib', import.meta.url));

/** Safari 16.4 is WebKitGTK 2.40, the oldest web view that Packbench runs in. */
export const oldestWebView = 'safari16.4';

export default defineConfig({
  plugins: [svelte(), svelteTesting()],
  resolve: { alias: { $lib: lib } },
  build: {
    target: oldestWebView,
    // No data: addresses, the content security policy allows fonts and scripts from files only.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1000,
  },
  test: {
    environment: 'jsdom',
    env: { TZ: 'Europe/London' },
    include: ['src/**/*.test.ts'],
    setupFiles: ['tests/setup.ts'],
    restoreMocks: true,
    unstubGlobals: true,
  },
});
