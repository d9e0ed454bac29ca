import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Abi, decodeFunctionResult, encodeDeployData, encodeFunctionData, type Hex } from 'viem'
import { elapsedMilliseconds } from '../src/std/clock.ts'
import { peer, skipWithoutPeer } from './peers.ts'
import { freePort } from './port.ts'

/** Milliseconds after which a node that has not answered will not, however busy the machine is. */
const PATIENCE = 120_000

const NAME = '@foundry-rs/anvil-linux-amd64'

/** Why tests with an EVM node are skipped, or false. */
export const skip = skipWithoutPeer(NAME) || skipWithoutPeer('solc')

/** An EVM node of its own on loopback (Foundry's anvil), calling itself Ethereum's chain. */
export type Anvil = {
  readonly url: string
  call(method: string, ...params: unknown[]): Promise<unknown>
  /** Ten rich accounts that sign for whoever asks. */
  readonly accounts: readonly Hex[]
  /** Deploys a contract of test/contract; its address, lower-case. */
  deploy(name: string, ...args: unknown[]): Promise<Hex>
  /** Sends a call of a contract's function and mines it; the receipt. */
  send(name: string, to: Hex, method: string, args: unknown[], more?: object): Promise<Receipt>
  pay(from: Hex, to: Hex, value: bigint): Promise<void>
  /** The same with data. */
  write(from: Hex, to: Hex, value: bigint, data: Hex): Promise<void>
  /** Calls of contracts' functions in one block, in their order. */
  together(...calls: readonly Call[]): Promise<void>
  /** Puts the code of a contract, whose constructor takes nothing, at an address that is known for something. */
  put(name: string, at: Hex): Promise<void>
  /** What a function of a contract answers. */
  ask(name: string, to: Hex, method: string, args: unknown[]): Promise<unknown>
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
  for (const end = elapsedMilliseconds() + PATIENCE; ; await pause(25)) {
    const up = await call('eth_blockNumber').catch(() => undefined)
    if (up !== undefined) break
    if (elapsedMilliseconds() > end) throw new Error('anvil does not answer')
  }
  const accounts = (await call('eth_accounts')) as Hex[]
  const mined = async (transaction: object): Promise<Receipt> => {
    const hash = await call('eth_sendTransaction', { from: accounts[0], gas: '0x2dc6c0', ...transaction })
    for (const end = elapsedMilliseconds() + PATIENCE; elapsedMilliseconds() < end; await pause(5)) {
      const receipt = (await call('eth_getTransactionReceipt', hash)) as Receipt | null
      if (receipt !== null) return receipt
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
    async write(from, to, value, data) {
      await mined({ from, to, value: `0x${value.toString(16)}`, data })
    },
    async together(...calls) {
      await call('evm_setAutomine', false)
      for (const [at, [name, to, functionName, args, more]] of calls.entries()) {
        const data = encodeFunctionData({ abi: compiled(name).abi, functionName, args })
        // A block is filled by what is paid for gas.
        const gasPrice = `0x${(10n ** 11n - BigInt(at)).toString(16)}`
        await call('eth_sendTransaction', { from: accounts[0], gas: '0x2dc6c0', gasPrice, to, data, ...more })
      }
      await call('evm_mine')
      await call('evm_setAutomine', true)
    },
    async put(name, at) {
      const { abi, bytecode } = compiled(name)
      const made = (await mined({ data: encodeDeployData({ abi, bytecode }) })).contractAddress
      await call('anvil_setCode', at, await call('eth_getCode', made, 'latest'))
    },
    async ask(name, to, functionName, args) {
      const { abi } = compiled(name)
      const data = (await call(
        'eth_call',
        { to, data: encodeFunctionData({ abi, functionName, args }) },
        'latest',
      )) as Hex
      return decodeFunctionResult({ abi, functionName, args, data })
    },
    async stop() {
      const ended = new Promise(done => child.once('exit', done))
      child.kill()
      await ended
      process.off('exit', kill)
    },
  }
}

type Call = readonly [name: string, to: Hex, method: string, args: readonly unknown[], more?: object]

export type Receipt = { readonly transactionHash: Hex; readonly contractAddress: Hex | null; readonly blockNumber: Hex }

type Compiled = { readonly abi: Abi; readonly bytecode: Hex }

type Contracts = Record<string, { abi: Abi; evm: { bytecode: { object: string } } }>

/** By file of test/contract: each is compiled when the first of its contracts is asked for. */
const built = new Map<string, Contracts>()

function compiled(name: string): Compiled {
  const folder = resolve(import.meta.dirname, 'contract')
  const file = readdirSync(folder).find(one =>
    readFileSync(join(folder, one), 'utf8').includes(`\ncontract ${name} {`),
  )!
  const contracts = built.get(file) ?? kept(file, readFileSync(join(folder, file), 'utf8'))
  built.set(file, contracts)
  const { abi, evm } = contracts[name]!
  return { abi, bytecode: `0x${evm.bytecode.object}` }
}

/** In a run of the whole suite each is compiled once (tools/suite.mjs says where it is kept). */
function kept(file: string, content: string): Contracts {
  const place = process.env['ATHAR_SUITE']
  if (place === undefined) return compile(file, content)
  const path = join(place, `${file}.json`)
  if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8')) as Contracts
  const contracts = compile(file, content)
  writeFileSync(`${path}.${process.pid}`, JSON.stringify(contracts))
  renameSync(`${path}.${process.pid}`, path)
  return contracts
}

function compile(file: string, content: string): Contracts {
  const load = createRequire(import.meta.url)
  const solc = load(peer('solc')!) as { compile(input: string): string }
  // Long events and calls do not fit on the stack otherwise.
  const way = file !== 'ledger.sol' ? { viaIR: true, optimizer: { enabled: true, runs: 1 } } : {}
  const outputSelection = { '*': { '*': ['abi', 'evm.bytecode.object'] } }
  const settings = { evmVersion: 'paris', ...way, outputSelection }
  const input = { language: 'Solidity', sources: { [file]: { content } }, settings }
  const output = JSON.parse(solc.compile(JSON.stringify(input))) as {
    errors?: { severity: string; formattedMessage: string }[]
    contracts: Record<string, Contracts>
  }
  const error = output.errors?.find(one => one.severity === 'error')
  if (error !== undefined) throw new Error(error.formattedMessage)
  return output.contracts[file]!
}
