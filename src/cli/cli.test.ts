import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, test } from 'node:test'
import { ask } from '../../test/sample/request.ts'

/** The program as a user runs it: a process of its own, with its exit code and its two streams. */

const main = resolve(import.meta.dirname, 'main.ts')
const directory = mkdtempSync(join(tmpdir(), 'athar-cli-'))
after(() => rmSync(directory, { recursive: true }))

function athar(...words: string[]) {
  const env = { ...process.env, ATHAR_DATA: directory, NO_COLOR: '1' }
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...words], {
    encoding: 'utf8',
    env,
    timeout: 20_000,
  })
  return { status, stdout, stderr }
}

test('alone it says what it is and where to start', () => {
  const { status, stdout, stderr } = athar()
  assert.deepEqual([status, stderr], [0, ''])
  assert.match(stdout, /athar demo/)
})

test('--help lists the commands that exist, and only those', () => {
  const { status, stdout } = athar('--help')
  assert.equal(status, 0)
  assert.match(stdout, /^ {2}doctor +\S/m)
  assert.match(stdout, /^ {2}serve +\S/m)
  assert.doesNotMatch(stdout, /bundle write/)
  assert.equal(athar('help').stdout, stdout)
})

test('each command explains itself with examples', () => {
  const { status, stdout } = athar('serve', '--help')
  assert.equal(status, 0)
  for (const part of ['--port <N>', '[8710]', 'Examples:', '--data <DIR>']) assert.ok(stdout.includes(part), part)
  assert.equal(athar('help', 'serve').stdout, stdout)
})

test('a wrong command is wrong usage, with the nearest right one', () => {
  const wrong = athar('doctr')
  assert.deepEqual([wrong.status, wrong.stdout], [2, ''])
  assert.match(wrong.stderr, /^athar: There is no command "doctr"\.\nhint: Did you mean `athar doctor`\?/)
  assert.match(athar('doctor', '--jsn').stderr, /Did you mean --json\?/)
  assert.equal(athar('serve', '--port', 'x').status, 2)
  assert.equal(athar('--data').status, 0)
})

test('what is not in this version is refused by name, under --json as one document', () => {
  const { status, stdout, stderr } = athar('bundle', 'write', 'X', '--json')
  assert.equal(status, 2)
  const { error } = JSON.parse(stdout)
  assert.deepEqual(Object.keys(error), ['name', 'kind', 'message', 'hint', 'facts'])
  assert.deepEqual([error.name, error.kind], ['Operation.NotInThisVersion', 'usage'])
  assert.match(stderr, /not in this version/)
})

test('an answer is text for people, one document under --json, one a line under --jsonl', () => {
  const text = athar('doctor')
  assert.deepEqual([text.status, text.stderr], [0, ''])
  assert.match(text.stdout, /^ok {6}Node: \d+/m)
  assert.doesNotMatch(text.stdout, /[{}]/)
  const findings = JSON.parse(athar('doctor', '--json').stdout).findings
  const elsewhere = athar('doctor', '--data', join(tmpdir(), 'athar-no-such', 'place'))
  assert.equal(elsewhere.status, 1)
  assert.match(elsewhere.stdout, /^ok +Node: [^]*^missing +data directory: There is no [^]*^ok +space: /m)
  const lines = athar('doctor', '--jsonl').stdout.trim().split('\n')
  assert.deepEqual(
    lines.map(line => JSON.parse(line).what),
    findings.map((one: { what: string }) => one.what),
  )
})

test('a data directory that cannot be made is told without a stack', () => {
  // What writes must make the folder; what only reads says that it is missing.
  const { status, stdout, stderr } = athar('case', 'open', 'x', '--data', join(main, 'here'), '--json')
  assert.equal(status, 3)
  assert.equal(JSON.parse(stdout).error.name, 'Audit.Unwritable')
  assert.doesNotMatch(stderr, /\n {4}at /)
})

test('a reader that goes away ends the program quietly', () => {
  const command = `'${process.execPath}' '${main}' --help | head -n 1; echo "\${PIPESTATUS[0]}"`
  const { stdout, stderr } = spawnSync('bash', ['-c', command], { encoding: 'utf8' })
  assert.equal(stderr, '')
  assert.match(stdout, /\n0\n$/)
})

test('--help takes less than 200 ms', { skip: skipSlow() }, () => {
  // Of processor time, which the program tells when it ends: by the clock it takes as long as the machine is busy.
  const tell = 'data:text/javascript,process.on("exit",()=>process.stderr.write(JSON.stringify(process.cpuUsage())))'
  const times = Array.from({ length: 3 }, () => {
    const { stderr } = spawnSync(process.execPath, ['--import', tell, main, '--help'], { encoding: 'utf8' })
    const { user, system } = JSON.parse(stderr.slice(stderr.lastIndexOf('{'))) as NodeJS.CpuUsage
    return (user + system) / 1000
  })
  assert.ok(Math.min(...times) < 200, `${times.map(Math.round).join(', ')} ms`)
})

test('Ctrl-C lets work that writes stop at a commit point: the failure says so, the code is 130', async () => {
  const rows = Array.from({ length: 400_000 }, (_, i) => `address ${i}`)
  const list = join(directory, 'long.txt')
  writeFileSync(list, rows.join('\n'))
  const words = ['list', 'add', 'addresses', list, '--authority', 'A', '--published', '2026-01-01', '--json']
  const child = spawn(process.execPath, [main, ...words, '--data', join(directory, 'stopped')])
  let out = ''
  child.stdout.setEncoding('utf8').on('data', piece => {
    out += piece
  })
  while (!existsSync(join(directory, 'stopped', 'writer.pid'))) await new Promise(next => setTimeout(next, 5))
  child.kill('SIGINT')
  const code = await new Promise(ended => child.once('exit', ended))
  assert.equal(code, 130, out)
  assert.equal(JSON.parse(out).error.kind, 'cancelled')
})

test('serve prints a link, answers, and stops at SIGTERM', async () => {
  const child = spawn(process.execPath, [main, 'serve', '--port', '0', '--json', '--data', directory])
  const line = await new Promise<string>(found => {
    child.stdout.setEncoding('utf8').once('data', found)
  })
  const { url, origin, token } = JSON.parse(line)
  assert.ok(url.startsWith(`${origin}/?token=`))
  const headers = { authorization: `Bearer ${token}` }
  assert.equal(JSON.parse((await ask(origin, '/api/v1/doctor', { headers })).text).ok, true)
  child.kill('SIGTERM')
  const code = await new Promise(ended => child.once('exit', ended))
  assert.equal(code, 0)
})

function skipSlow(): string | false {
  return process.arch === 'x64' ? false : 'bounds are for the machine of the figures'
}

test('a hostile value in a failure stays text: on the terminal, and in the JSON that a terminal may show', () => {
  const hostile = 'x\u001b[31m\u202ey\u009b2J\nathar: all is well'
  const plain = athar('mention', 'find', hostile)
  assert.equal(plain.status, 3)
  const told = 'x\\u{1b}[31m\\u{202e}y\\u{9b}2J\\nathar: all is well'
  assert.ok(plain.stderr.includes(told), plain.stderr)
  const asJson = athar('mention', 'find', hostile, '--json')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
  assert.doesNotMatch(asJson.stdout, /[\u0000-\u0009\u007f-\u009f\u202e]/)
  assert.ok(JSON.stringify(JSON.parse(asJson.stdout)).includes(JSON.stringify(hostile).slice(1, -1)))
})
