import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The workbench is built into web/dist and served by `athar serve`. Nothing in it comes from another host. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  // Replaced by the server in each page: style elements of the component library carry it (src/http/page.ts).
  html: { cspNonce: '__CSP_NONCE__' },
  build: { outDir: 'dist', emptyOutDir: true, target: 'es2023', assetsInlineLimit: 0, chunkSizeWarningLimit: 700 },
  server: { host: '127.0.0.1', proxy: { '/api': 'http://127.0.0.1:8787' } },
})
