import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { elapsedMilliseconds } from '../src/std/clock.ts'
import { peer, skipWithoutPeer } from './peers.ts'
import { freePort } from './port.ts'

const NAME = '@chdb/lib-linux-x64-gnu'

/** Why tests with ClickHouse are skipped, or false. */
export const skip = skipWithoutPeer(NAME) || skipWithoutPeer('ffi-rs')

/** Two real ClickHouse servers on loopback, one cluster, with the users of deploy/clickhouse/users.xml. */
export type Cluster = {
  /** In the order of the cluster's shards. */
  readonly urls: readonly string[]
  readonly passwords: Readonly<Record<'admin' | 'loader' | 'reader', string>>
  /** Stops one shard for good. */
  stopShard(shard: number): Promise<void>
  /** Whether a server ended by itself: the program that carries it in tests crashes now and then. */
  died(): boolean
  stop(): Promise<void>
}

/**
 * Runs a comparison on servers of its own. Where a server died in the middle nothing was compared to the end: it is run
 * once more, on new ones, and that is said. Whatever fails while the servers live has failed.
 */
export async function withCluster(work: (cluster: Cluster) => Promise<void>): Promise<void> {
  for (let again = false; ; again = true) {
    const cluster = await startCluster()
    try {
      return await work(cluster)
    } catch (cause) {
      if (again || !cluster.died()) throw cause
      process.stdout.write('# a server of the test died; the comparison is run again on new ones\n')
    } finally {
      await cluster.stop()
    }
  }
}

export async function startCluster(shards = 2): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), 'athar-clickhouse-'))
  const ports = await Promise.all(Array.from({ length: 2 * shards }, freePort))
  const passwords = { admin: 'admin-of-tests', loader: 'loader-of-tests', reader: 'reader-of-tests' }
  const servers = Array.from({ length: shards }, (_, shard) =>
    startShard(join(folder, `${shard}`), ports[2 * shard]!, ports[2 * shard + 1]!, configOf(ports, shards), passwords),
  )
  const urls = servers.map(({ url }) => url)
  const stop = async (): Promise<void> => {
    await Promise.all(servers.map(server => server.stop()))
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await Promise.all(servers.map(isUp))
  } catch (cause) {
    await stop()
    throw cause
  }
  const died = (): boolean => servers.some(server => server.died())
  return { urls, passwords, died, stopShard: shard => servers[shard]!.stop(), stop }
}

type Shard = { readonly url: string; readonly child: ChildProcess; died(): boolean; stop(): Promise<void> }

function startShard(folder: string, http: number, tcp: number, config: string, passwords: Cluster['passwords']): Shard {
  mkdirSync(folder)
  const control = join(folder, 'ctl')
  execFileSync('mkfifo', [control])
  // Held open as long as this process lives: where it is killed the server's last query ends, and the server with it.
  const held = openSync(control, 'r+')
  let stopped = false
  writeFileSync(join(folder, 'users.xml'), usersOf())
  writeFileSync(join(folder, 'config.xml'), config.replace('USERS', join(folder, 'users.xml')))
  const last = `SELECT count() FROM file('${control}','TSV','x String')`
  const given = [
    ...[`--path=${folder}/data`, `--config-file=${folder}/config.xml`, '--listen_host=127.0.0.1'],
    ...[
      `--http_port=${http}`,
      `--tcp_port=${tcp}`,
      '--query',
      `SYSTEM START LISTEN TCP; SYSTEM START LISTEN HTTP; ${last}`,
    ],
  ]
  const environment = Object.fromEntries(
    Object.entries(passwords).map(([user, password]) => [`ATHAR_CLICKHOUSE_${user.toUpperCase()}_PASSWORD`, password]),
  )
  const program = resolve(import.meta.dirname, 'clickhouse-shard.ts')
  const library = join(peer(NAME)!, 'libchdb.so')
  const child = spawn(process.execPath, [program, peer('ffi-rs')!, library, ...given], {
    ...{ cwd: folder, env: { ...process.env, ...environment } },
    stdio: ['ignore', openSync(join(folder, 'log'), 'w'), openSync(join(folder, 'errors'), 'w'), 'ipc'],
  })
  const kill = (): void => {
    child.kill('SIGKILL')
  }
  process.once('exit', kill)
  const ended = new Promise<void>(done => child.once('exit', () => done()))
  child.unref()
  child.channel?.unref()
  return {
    ...{ url: `http://127.0.0.1:${http}`, child },
    died: () => !stopped && (child.exitCode !== null || child.signalCode !== null),
    async stop() {
      child.ref()
      kill()
      if (!stopped) closeSync(held)
      stopped = true
      if (child.exitCode === null && child.signalCode === null) await ended
      process.off('exit', kill)
    },
  }
}

/** Milliseconds after which a server that has not answered will not, however busy the machine is. */
const PATIENCE = 120_000

async function isUp({ url, child }: Shard): Promise<void> {
  for (const end = elapsedMilliseconds() + PATIENCE; ; await pause(25)) {
    const up = await fetch(`${url}/ping`).then(
      answer => answer.ok,
      () => false,
    )
    if (up) return
    const late = elapsedMilliseconds() > end
    if (late || child.exitCode !== null) throw new Error(`ClickHouse at ${url} does not answer`)
  }
}

/**
 * A server inside another program crashes now and then where a profiler's timer interrupts a slow query, or where it
 * compiles one: neither is of use here.
 */
const CALM = [
  ...['query_profiler_real_time_period_ns', 'query_profiler_cpu_time_period_ns', 'compile_expressions'],
  ...['compile_aggregate_expressions', 'compile_sort_description'],
]
  .map(name => `<${name}>0</${name}>`)
  .join('')

/** The users that are deployed, and the one as whom clickhouse-local runs its own query; nobody may log in as that. */
function usersOf(): string {
  const deployed = readFileSync(resolve(import.meta.dirname, '../deploy/clickhouse/users.xml'), 'utf8')
  const own = '<default><no_password/><profile>default</profile><quota>default</quota></default>'
  const changed = deployed.replace('<default remove="remove"/>', own)
  if (changed === deployed) throw new Error('deploy/clickhouse/users.xml keeps the default user')
  const common = '<skip_unavailable_shards>0</skip_unavailable_shards>'
  return changed.replace('<default/>', `<default>${CALM}</default>`).replaceAll(common, common + CALM)
}

function configOf(ports: readonly number[], shards: number): string {
  const shard = (k: number): string =>
    `<shard><internal_replication>true</internal_replication><replica><host>127.0.0.1</host><port>${ports[2 * k + 1]}` +
    '</port></replica></shard>'
  const list = Array.from({ length: shards }, (_, k) => shard(k)).join('')
  return `<clickhouse>
<remote_servers><athar><secret>secret-of-tests</secret>${list}</athar></remote_servers>
<user_directories><users_xml><path>USERS</path></users_xml></user_directories>
<mark_cache_size>67108864</mark_cache_size>
</clickhouse>
`
}
