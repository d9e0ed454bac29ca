import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The workbench is built into web/dist and served by `athar serve`. Nothing in it comes from another host. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: { outDir: 'dist', emptyOutDir: true, target: 'es2023', assetsInlineLimit: 0, chunkSizeWarningLimit: 700 },
  server: { host: '127.0.0.1', proxy: { '/api': 'http://127.0.0.1:8787' } },
})
