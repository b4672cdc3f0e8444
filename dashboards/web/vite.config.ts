import { defineConfig } from 'vite';

/** The built-in page: relative addresses, so that it works under any base path; everything in the bundle, no CDN. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: { outDir: 'dist', emptyOutDir: true, target: 'es2024', reportCompressedSize: false },
});
