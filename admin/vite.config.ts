import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { proxyTo } from './proxy.ts';

/** Where the API answers while one works on the back office. */
const proxy = proxyTo(process.env['API_URL'] ?? 'http://127.0.0.1:4000');

export default defineConfig({
  // Served by the API under /admin/; with relative addresses it can stand anywhere.
  base: './',
  plugins: [react()],
  server: { proxy },
  preview: { proxy },
  build: { target: 'es2022', chunkSizeWarningLimit: 1200 },
});
