import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before } from 'node:test'
import { promisify } from 'node:util'
import { type Browser, type BrowserContext, chromium, type Page, type Request } from 'playwright-core'
import { arabic } from '../../web/src/word/arabic.ts'
import { english } from '../../web/src/word/english.ts'
import { onceInSuite } from '../once.ts'
import { root } from '../source.ts'

/**
 * What a browser test stands on: a data directory of its own, one `athar serve` on it and one real Chromium. Nothing
 * is shared with other files, and everything that it started ends with it.
 */
export type Stage = {
  readonly data: string
  /** The link that the server printed. It works once: whoever enters after that shares the session. */
  readonly link: () => string
  readonly origin: () => string
  readonly browser: Browser
  /** A context that has opened the link, with what went wrong in its pages. */
  enter(settings?: Settings): Promise<Entered>
  stop(): Promise<void>
  start(): Promise<void>
  close(): Promise<void>
}

export type Settings = {
  readonly language?: 'en' | 'ar'
  readonly scheme?: 'light' | 'dark'
  readonly width?: number
}

export type Entered = {
  readonly context: BrowserContext
  readonly page: Page
  /** Console errors, page errors and violations of the Content-Security-Policy. */
  readonly troubles: string[]
  /** Addresses of requests that were not for the server itself. */
  readonly strangers: string[]
}

/** Milliseconds after which what is waited for will not come. No bound on speed: the machine may be very busy. */
export const PATIENCE = 90_000

const CHROMIUM = [
  process.env['CHROMIUM'] ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]

/** For node:test's `skip`: false where there is a Chromium and a built workbench. */
export function skipWithoutBrowser(): string | false {
  if (find() === undefined) return `SKIPPED, no Chromium: ${CHROMIUM.filter(Boolean).join(', ')} are not there`
  return existsSync(join(root, 'web/dist/index.html')) ? false : 'SKIPPED, the workbench is not built: npm run build'
}

function find(): string | undefined {
  return CHROMIUM.find(path => path !== '' && existsSync(path))
}

const ARGUMENTS = [
  ...['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync', '--disable-dev-shm-usage'],
  // Pages are painted by plain code, and WebGL alone by a graphics card in software: painting everything by that takes
  // twice the time of the whole test.
  ...['--disable-gpu', '--enable-unsafe-swiftshader'],
]

/** Runs the program in a process of its own, as users do. */
export async function athar(...words: string[]): Promise<string> {
  const flags = ['--disable-warning=ExperimentalWarning', join(root, 'src/cli/main.ts')]
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, ...words], { maxBuffer: 2 ** 26 })
  return stdout
}

/** Sets the stage; `prepare` fills the data directory before the server starts. */
export async function setStage(prepare: (folder: string) => Promise<string>): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'athar-browser-'))
  const data = await prepare(folder)
  const [first, browser] = await Promise.all([
    serve(data, 0),
    chromium.launch({ executablePath: find()!, args: ARGUMENTS, timeout: PATIENCE }),
  ])
  let served = first
  let cookies: Cookies = []
  return {
    data,
    browser,
    link: () => served.link(),
    origin: () => served.origin,
    async enter(settings = {}) {
      const entered = await enter(browser, cookies.length === 0 ? served.link() : served.origin, settings, cookies)
      cookies = await entered.context.cookies()
      return entered
    },
    stop() {
      cookies = []
      return served.stop()
    },
    async start() {
      served = await serve(data, Number(new URL(served.origin).port))
    },
    async close() {
      await browser.close()
      await served.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/**
 * Somebody who has come in before the tests of a `describe`, for all of them; when they end nothing may have gone wrong
 * in the page, and no request may have left the machine.
 */
export function visitor(stage: () => Stage, settings: Settings): () => Entered {
  let entered: Entered
  before(async () => {
    entered = await stage().enter(settings)
  })
  after(async () => {
    await entered.context.close()
    const { troubles, strangers } = entered
    assert.deepEqual({ troubles, strangers }, { troubles: [], strangers: [] })
  })
  return () => entered
}

/** The sample world in a folder; answers its data directory. */
export async function sample(folder: string): Promise<string> {
  await onceInSuite('sample', join(folder, 'sample'), async to => void (await athar('demo', '--out', to)))
  return join(folder, 'sample', 'data')
}

export function file(folder: string, name: string, text: string): string {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

type Served = { readonly origin: string; readonly link: () => string; stop(): Promise<void> }

async function serve(data: string, port: number): Promise<Served> {
  const flags = ['--disable-warning=ExperimentalWarning', join(root, 'src/cli/main.ts')]
  const child = spawn(process.execPath, [...flags, 'serve', '--data', data, '--port', String(port)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  const links = () => [...said.matchAll(/http:\/\/\S+\?token=\w+(?=\s)/g)].map(hit => hit[0])
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()))
  await new Promise<void>((resolve, reject) => {
    // Until it says its link, or ends: how long that takes is the machine's affair.
    void ended.then(() => reject(new Error(`serve did not start: ${said}`)))
    const hear = (piece: Buffer) => {
      said += piece.toString()
      if (links().length > 0) resolve()
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
  })
  return {
    origin: new URL(links()[0]!).origin,
    link: () => links().at(-1)!,
    stop() {
      child.kill('SIGTERM')
      return ended
    },
  }
}

type Cookies = Awaited<ReturnType<BrowserContext['cookies']>>

async function enter(browser: Browser, link: string, settings: Settings, cookies: Cookies): Promise<Entered> {
  const { language = 'en', scheme = 'light', width = 1280 } = settings
  const context = await browser.newContext({
    locale: language === 'ar' ? 'ar-EG' : 'en-GB',
    colorScheme: scheme,
    viewport: { width, height: 900 },
  })
  await context.addCookies(cookies)
  context.setDefaultTimeout(PATIENCE)
  const origin = new URL(link).origin
  const [troubles, strangers]: [string[], string[]] = [[], []]
  context.on('console', message => {
    if (message.type() === 'error') troubles.push(message.text())
  })
  context.on('weberror', error => troubles.push(String(error.error())))
  context.on('request', request => {
    if (!request.url().startsWith(`${origin}/`) && !/^(data|blob|about):/.test(request.url()))
      strangers.push(request.url())
  })
  context.on('page', listen)
  const page = await context.newPage()
  await page.goto(link)
  await page.locator('main h1').first().waitFor()
  return { context, page, troubles, strangers }
}

type Traffic = { started: number; readonly open: Set<Request> }

const traffic = new WeakMap<Page, Traffic>()

/**
 * Counts what a page asks of the server. A stream of events is never answered to its end; nor, to the page, is the
 * question every few seconds whether the server is there, whose answer nobody reads.
 */
function listen(page: Page): void {
  const told: Traffic = { started: 0, open: new Set() }
  traffic.set(page, told)
  page.on('request', request => {
    if (request.resourceType() === 'eventsource' || request.url().endsWith('/healthz')) return
    // What the page before had asked for is nobody's any more, and may never be told to have ended.
    if (request.isNavigationRequest() && request.frame() === page.mainFrame()) told.open.clear()
    told.started++
    told.open.add(request)
  })
  const ended = (request: Request) => void told.open.delete(request)
  page.on('requestfinished', ended)
  page.on('requestfailed', ended)
}

/** Waits until a page has all that it asked for, and has drawn it. */
export async function quiet(page: Page): Promise<void> {
  const told = traffic.get(page)!
  const why = (): string => `all is there; asked for: ${[...told.open].map(one => one.url()).join(' ')}`
  await until(page, why, async () => {
    const { started } = told
    // What an answer makes the page ask next is asked within the frames that draw it.
    for (let i = 0; i < 3; i++) {
      if (told.open.size > 0 || (await page.evaluate<boolean>(READING))) return false
      await frames(page, 2)
    }
    return told.open.size === 0 && told.started === started
  })
}

/** In the page: whether something says that it is being read, or a button that it is at work. */
const READING = `document.querySelector('main button[data-loading]') !== null ||
  [...document.querySelectorAll('main [role=status]')]
    .some(node => ${JSON.stringify([english.loading, arabic.loading])}.includes(node.textContent))`

/** Waits for so many frames of the page. */
export async function frames(page: Page, count: number): Promise<void> {
  await page.evaluate<void>(`new Promise(resolve => {
    let left = ${count}
    const step = () => (left-- === 0 ? resolve() : requestAnimationFrame(step))
    step()
  })`)
}

/**
 * Waits for a condition, which is asked from here again and again: the page's policy lets no text become a script, not
 * even a test's.
 */
export async function until(page: Page, what: string | (() => string), is: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + PATIENCE
  while (!(await is())) {
    if (Date.now() > end) throw new Error(`it never came to this: ${typeof what === 'string' ? what : what()}`)
    await page.waitForTimeout(25)
  }
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe finds wrong by WCAG 2.2 A and AA and its best practices, each with the first element. */
export async function violations(page: Page): Promise<string[]> {
  return axe(page, {})
}

/** The same for what changes with the light: contrast alone. */
export async function faint(page: Page): Promise<string[]> {
  return axe(page, { runOnly: ['color-contrast'] })
}

async function axe(page: Page, how: object): Promise<string[]> {
  await page.evaluate(AXE)
  return page.evaluate(async how => {
    const { axe } = globalThis as unknown as { axe: { run(at: unknown, how: unknown): Promise<Found> } }
    type Found = { violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }
    // The report's frame is of an origin of its own, where no script can be put; the report has tests of its own.
    const found = await axe.run({ exclude: [['iframe']] }, { iframes: false, ...how })
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]!.html.slice(0, 200)} ${nodes[0]!.failureSummary}`)
  }, how)
}
