import { enableCompileCache } from 'node:module'

// First of all, so that every module after this one comes from the cache (120 modules: 240 → 90 ms).
enableCompileCache()

const { run } = await import('./cli.ts')
process.exitCode = await run(process.argv.slice(2))
