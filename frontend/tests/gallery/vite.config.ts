import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { lib, oldestWebView } from '../../vite.config';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The gallery of the kit: a page of its own, for tests and for looking at. It is in no release. */
export default defineConfig({
  root: here('.'),
  plugins: [svelte({ configFile: here('../../svelte.config.js') })],
  resolve: { alias: { $lib: lib } },
  build: {
    outDir: here('../../test-results/gallery'),
    emptyOutDir: true,
    target: oldestWebView,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1000,
  },
});
