import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { test } from 'node:test'
import { parse } from 'yaml'

const folder = resolve(import.meta.dirname, '../deploy/clickhouse')
const text = (name: string): string => readFileSync(join(folder, name), 'utf8')

type Service = {
  readonly image: string
  readonly hostname: string
  readonly ports: readonly string[]
  readonly volumes: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  readonly healthcheck: { readonly test: readonly string[] }
}

test('the compose file of a cluster: its shards, loopback only, no password that has a default', () => {
  const compose = parse(text('compose.yaml'), { merge: true }) as {
    readonly services: Readonly<Record<string, Service>>
    readonly volumes: Readonly<Record<string, object>>
  }
  assert.deepEqual(Object.keys(compose.services), ['shard-1', 'shard-2'])
  const cluster = text('cluster.xml')
  const hosts = [...cluster.matchAll(/<host>(.*?)<\/host>/g)].map(match => match[1])
  assert.deepEqual(hosts, Object.keys(compose.services))
  for (const [name, service] of Object.entries(compose.services)) {
    assert.match(service.image, /^clickhouse\/clickhouse-server:\d+\.\d+$/)
    assert.equal(service.hostname, name)
    for (const port of service.ports) assert.match(port, /^127\.0\.0\.1:\d+:8123$/)
    assert.ok(service.healthcheck.test.length > 1)
    const mounted = service.volumes.map(volume => volume.split(':')[0]!)
    assert.ok(Object.hasOwn(compose.volumes, mounted[0]!))
    for (const file of mounted.slice(1)) assert.ok(text(file).length > 0, file)
    const needed = [...`${cluster}${text('users.xml')}`.matchAll(/from_env="(.*?)"/g)].map(match => match[1]!)
    for (const secret of needed) assert.match(service.environment[secret] ?? '', /^\$\{\w+:\?.+\}$/, secret)
  }
})

test('no user of the cluster may do all, and none but the administrator alters', () => {
  const users = text('users.xml')
  const grants = [...users.matchAll(/<(athar_\w+)>\s*<password([\s\S]*?)<\/\1>/g)].map(
    match => [match[1], [...match[2]!.matchAll(/<query>(.*?)<\/query>/g)].map(grant => grant[1]!)] as const,
  )
  assert.deepEqual(
    grants.map(([name]) => name),
    ['athar_admin', 'athar_loader', 'athar_reader'],
  )
  for (const [name, list] of grants) {
    assert.ok(list.length > 0)
    for (const grant of list) {
      assert.doesNotMatch(grant, /GRANT ALL|WITH GRANT OPTION|ACCESS MANAGEMENT/)
      if (name !== 'athar_admin') assert.doesNotMatch(grant, /ALTER|DROP|TRUNCATE|CREATE TABLE|CREATE DATABASE/)
      if (name === 'athar_reader') assert.doesNotMatch(grant, /INSERT/)
    }
  }
})
