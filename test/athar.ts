import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './source.ts'

/** The program as a user runs it, in a process of its own, on a data directory of its own. */
export type Athar = {
  /** A scratch folder beside the data. */
  readonly folder: string
  run(...words: string[]): { readonly status: number | null; readonly stdout: string; readonly stderr: string }
  /** The answer under --json, whatever the exit code. */
  json<T>(...words: string[]): T
  end(): void
}

export function startAthar(timeoutMilliseconds = 120_000): Athar {
  const folder = mkdtempSync(join(tmpdir(), 'athar-test-'))
  const environment = { ...process.env, ATHAR_DATA: join(folder, 'data'), NO_COLOR: '1' }
  const run = (...words: string[]) => {
    const flags = ['--disable-warning=ExperimentalWarning', join(root, 'src/cli/main.ts')]
    const settings = { encoding: 'utf8', env: environment, timeout: timeoutMilliseconds, maxBuffer: 2 ** 28 } as const
    const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, ...words], settings)
    return { status, stdout, stderr }
  }
  const json = <T>(...words: string[]): T => {
    const { stdout, stderr, status } = run(...words, '--json')
    try {
      return JSON.parse(stdout) as T
    } catch (cause) {
      throw new Error(`athar ${words.join(' ')} ended with ${status} and no JSON:\n${stdout}\n${stderr}`, { cause })
    }
  }
  return { folder, run, json, end: () => rmSync(folder, { recursive: true, force: true }) }
}
