import { farNetworkOf } from '../attribution/attribution.ts'
import { Failure } from '../std/failure.ts'

/**
 * A refused text that is an address of a chain which Athar does not read is no mistyped one: the same failure, in words
 * that say what becomes of such an address. Others are given back as they are.
 */
export function explained(failure: Failure): Failure {
  const text = failure.facts['address']
  if (failure.name !== 'Address.Unknown' || typeof text !== 'string') return failure
  const network = farNetworkOf(text)
  if (network === undefined) return failure
  const why = network === 'monero' ? 'its ledger hides who paid whom and how much' : 'Athar does not read its ledger'
  const says = `“${text}” is an address of ${network}, whose payments cannot be followed: ${why}.`
  return new Failure('Address.NotFollowed', 'input', says, {
    hint: 'It is recorded where posts mention it (`athar mention find`); `athar screen` asks the lists for it.',
    facts: { address: text, network },
  })
}
