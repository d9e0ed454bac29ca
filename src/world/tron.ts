import * as TronAddress from '../chain/tron-address.ts'
import * as Amount from '../model/amount.ts'
import type { Asset } from '../model/asset.ts'
import * as Instant from '../model/instant.ts'
import { toHex } from '../std/bytes.ts'
import type { Random } from '../std/random.ts'

/** The Tron side of the world: transfers of USDT and of TRX, with balances so that nobody pays what he has not. */
export type Tron = {
  /** Moves units from one to another; undefined where the balance is too low. `from` null: minted. */
  move(at: number, asset: Asset, from: string | null, to: string, units: bigint): Transfer | undefined
  balance(asset: Asset, address: string): bigint
  readonly transfers: readonly Transfer[]
  /** The transfers CSV of `athar ledger import`. */
  file(): string
}

export type Transfer = {
  readonly txid: string
  readonly at: number
  readonly asset: Asset
  readonly from: string | null
  readonly to: string
  readonly units: bigint
  /** TRX burned for energy and bandwidth; paid by the sender. */
  readonly feeUnits: bigint
}

/** 20 random bytes as a Tron address: no key for it exists. */
export function createAddress(random: Random): string {
  return TronAddress.fromBytes(random.bytes(20))
}

export function createTron(random: Random, coin: Asset): Tron {
  const transfers: Transfer[] = []
  const balances = new Map<string, bigint>()
  const slot = (asset: Asset, address: string) => `${asset.symbol} ${address}`
  const balance = (asset: Asset, address: string) => balances.get(slot(asset, address)) ?? 0n
  const change = (asset: Asset, address: string, by: bigint) =>
    balances.set(slot(asset, address), balance(asset, address) + by)
  return {
    transfers,
    balance,
    file: () => file(transfers, coin),
    move(at, asset, from, to, units) {
      const feeUnits = from === null ? 0n : asset.contract === null ? 1_100_000n : 6_767_900n
      if (from !== null) {
        const needed = units + (asset === coin ? feeUnits : 0n)
        if (balance(asset, from) < needed || balance(coin, from) < feeUnits) return undefined
        change(asset, from, -units)
        change(coin, from, -feeUnits)
      }
      change(asset, to, units)
      const transfer = { txid: toHex(random.bytes(32)), at, asset, from, to, units, feeUnits }
      transfers.push(transfer)
      return transfer
    },
  }
}

/** A block each three seconds (Tron's block time), numbered from an invented start. */
export function heightAt(at: number): number {
  return FIRST_HEIGHT + Math.floor((at - FIRST_AT) / 3)
}

const FIRST_AT = Instant.fromDay(2024, 12, 1)
const FIRST_HEIGHT = 67_500_000

const HEAD = 'network,asset,contract,txid,txIndex,logIndex,kind,status,height,time,from,to,amount'

function file(transfers: readonly Transfer[], coin: Asset): string {
  const lines = [HEAD]
  const places = new Map<number, number>()
  for (const transfer of [...transfers].sort((a, b) => a.at - b.at)) {
    const height = heightAt(transfer.at)
    const place = places.get(height) ?? 0
    places.set(height, place + 1)
    lines.push(...rows(transfer, place, height, coin))
  }
  return `${lines.join('\n')}\n`
}

function rows(transfer: Transfer, place: number, height: number, coin: Asset): string[] {
  const { asset, txid, from, to, units, feeUnits } = transfer
  const time = Instant.format(transfer.at)
  const row = (of: Asset, log: number, kind: string, payer: string, payee: string, amount: bigint) =>
    [
      ...['tron', of.symbol, of.contract ?? '', txid, place, log, kind, 'ok', height, time, payer, payee],
      Amount.formatUnits(amount, of.decimals),
    ].join(',')
  const moved = row(asset, asset.contract === null ? -1 : 0, 'transfer', from ?? '', to, units)
  return feeUnits === 0n ? [moved] : [moved, row(coin, -1, 'fee', from ?? '', '', feeUnits)]
}
