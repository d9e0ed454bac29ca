import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

/** Of a package under test/peers: its folder, or undefined where it could not be installed. */
export function peer(name: string): string | undefined {
  const folder = resolve(import.meta.dirname, 'peers/node_modules', name)
  return existsSync(folder) ? folder : undefined
}

/** Why tests with a peer are skipped, or false. */
export function skipWithoutPeer(name: string): string | false {
  return peer(name) === undefined ? `SKIPPED, no peer: run npm ci in test/peers to install ${name}` : false
}
