import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/** The last steps up cost ten times the time for a twentieth of the size. */
const QUALITY = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }

/** Scripts and styles also as brotli beside themselves: over a network the first page is a third of its size. */
const compressed: Plugin = {
  name: 'athar-compressed',
  writeBundle({ dir }, bundle) {
    for (const one of Object.values(bundle)) {
      if (!/\.(?:js|css)$/.test(one.fileName)) continue
      const content = one.type === 'chunk' ? one.code : one.source
      writeFileSync(join(dir!, `${one.fileName}.br`), brotliCompressSync(content, QUALITY))
    }
  },
}

/** The workbench is built into web/dist and served by `athar serve`. Nothing in it comes from another host. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), compressed],
  // Replaced by the server in each page: style elements of the component library carry it (src/http/page.ts).
  html: { cspNonce: '__CSP_NONCE__' },
  build: { outDir: 'dist', emptyOutDir: true, target: 'es2023', assetsInlineLimit: 0, chunkSizeWarningLimit: 700 },
  server: { host: '127.0.0.1', proxy: { '/api': 'http://127.0.0.1:8787' } },
})
