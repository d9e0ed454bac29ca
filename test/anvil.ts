import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Abi, encodeDeployData, encodeFunctionData, type Hex } from 'viem'
import { peer, skipWithoutPeer } from './peers.ts'
import { freePort } from './port.ts'

const NAME = '@foundry-rs/anvil-linux-amd64'

/** Why tests with an EVM node are skipped, or false. */
export const skip = skipWithoutPeer(NAME) || skipWithoutPeer('solc')

/** An EVM node of its own on loopback (Foundry's anvil), calling itself Ethereum's chain. */
export type Anvil = {
  readonly url: string
  call(method: string, ...params: unknown[]): Promise<unknown>
  /** Ten rich accounts that sign for whoever asks. */
  readonly accounts: readonly Hex[]
  /** Deploys a contract of test/contract/ledger.sol; its address, lower-case. */
  deploy(name: string, ...args: unknown[]): Promise<Hex>
  /** Sends a call of a contract's function and mines it; the receipt. */
  send(name: string, to: Hex, method: string, args: unknown[], more?: object): Promise<Receipt>
  pay(from: Hex, to: Hex, value: bigint): Promise<void>
  stop(): Promise<void>
}

export async function startAnvil(...flags: string[]): Promise<Anvil> {
  const port = await freePort()
  const program = join(peer(NAME)!, 'bin/anvil')
  const child = spawn(
    program,
    ['--port', `${port}`, '--silent', ...(flags.includes('--chain-id') ? [] : ['--chain-id', '1']), ...flags],
    { stdio: 'ignore' },
  )
  const kill = (): void => {
    child.kill('SIGKILL')
  }
  process.once('exit', kill)
  const url = `http://127.0.0.1:${port}`
  const call = async (method: string, ...params: unknown[]): Promise<unknown> => {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })
    const answer = await fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json' } })
    const { result, error } = (await answer.json()) as { result?: unknown; error?: { message: string } }
    if (error !== undefined) throw new Error(`${method}: ${error.message}`)
    return result
  }
  for (let tries = 0; ; tries++) {
    const up = await call('eth_blockNumber').catch(() => undefined)
    if (up !== undefined) break
    if (tries > 200) throw new Error('anvil does not answer')
    await pause(50)
  }
  const accounts = (await call('eth_accounts')) as Hex[]
  const mined = async (transaction: object): Promise<Receipt> => {
    const hash = await call('eth_sendTransaction', { from: accounts[0], gas: '0x2dc6c0', ...transaction })
    for (let tries = 0; tries < 400; tries++) {
      const receipt = (await call('eth_getTransactionReceipt', hash)) as Receipt | null
      if (receipt !== null) return receipt
      await pause(5)
    }
    throw new Error(`${hash} was not mined`)
  }
  return {
    ...{ url, call, accounts },
    async deploy(name, ...args) {
      const { abi, bytecode } = compiled(name)
      return (await mined({ data: encodeDeployData({ abi, bytecode, args }) })).contractAddress!.toLowerCase() as Hex
    },
    send: (name, to, functionName, args, more = {}) =>
      mined({ to, data: encodeFunctionData({ abi: compiled(name).abi, functionName, args }), ...more }),
    async pay(from, to, value) {
      await mined({ from, to, value: `0x${value.toString(16)}` })
    },
    async stop() {
      const ended = new Promise(done => child.once('exit', done))
      child.kill()
      await ended
      process.off('exit', kill)
    },
  }
}

export type Receipt = { readonly transactionHash: Hex; readonly contractAddress: Hex | null; readonly blockNumber: Hex }

type Compiled = { readonly abi: Abi; readonly bytecode: Hex }

let contracts: Record<string, { abi: Abi; evm: { bytecode: { object: string } } }> | undefined

function compiled(name: string): Compiled {
  if (contracts === undefined) {
    const load = createRequire(import.meta.url)
    const solc = load(peer('solc')!) as { compile(input: string): string }
    const content = readFileSync(resolve(import.meta.dirname, 'contract/ledger.sol'), 'utf8')
    const settings = { evmVersion: 'paris', outputSelection: { '*': { '*': ['abi', 'evm.bytecode.object'] } } }
    const input = { language: 'Solidity', sources: { 'ledger.sol': { content } }, settings }
    const output = JSON.parse(solc.compile(JSON.stringify(input))) as {
      errors?: { severity: string; formattedMessage: string }[]
      contracts: Record<string, NonNullable<typeof contracts>>
    }
    const error = output.errors?.find(one => one.severity === 'error')
    if (error !== undefined) throw new Error(error.formattedMessage)
    contracts = output.contracts['ledger.sol']!
  }
  const { abi, evm } = contracts[name]!
  return { abi, bytecode: `0x${evm.bytecode.object}` }
}
