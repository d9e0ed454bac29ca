import { BLOCKS, type Blocks } from './block.ts'
import { type Body, createBody } from './body.ts'
import type { Connection } from './connect.ts'
import * as Table from './table.ts'

/**
 * Sends blocks while they are made: one insert for each table and shard, opened with its first block. Where anything
 * fails all of them break off, and what they sent is not there; nothing of it goes on behind the failure.
 *
 * @param token the same for the same blocks: what stands there is not added again
 * @param done told of each insert that ended
 */
export async function insertAll(
  connection: Connection,
  all: Iterable<readonly Blocks[]>,
  token: string,
  done: (table: string) => void,
): Promise<void> {
  const bodies = new Map<string, Body>()
  const running: Promise<void>[] = []
  const failures: unknown[] = []
  const fail = (cause: unknown): void => {
    failures.push(cause)
    for (const body of bodies.values()) body.close()
  }
  const bodyOf = (shard: number, table: (typeof BLOCKS)[number]): Body => {
    const held = bodies.get(`${shard} ${table}`)
    if (held !== undefined) return held
    const body = createBody()
    bodies.set(`${shard} ${table}`, body)
    const insert = connection.insert(shard, Table.ADD[table], body.stream, `${token}:${table}`)
    running.push(insert.then(() => done(table)).catch(fail))
    return body
  }
  try {
    for (const blocks of all) {
      if (failures.length > 0) break
      const given = blocks.flatMap((of, shard) =>
        BLOCKS.filter(table => of[table] !== undefined).map(table => bodyOf(shard, table).write(of[table]!)),
      )
      await Promise.all(given)
    }
  } catch (cause) {
    fail(cause)
  }
  for (const body of bodies.values()) body.end()
  await Promise.all(running)
  // The first is the cause: the others break off since it did.
  if (failures.length > 0) throw failures[0]
}
