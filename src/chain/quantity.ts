/**
 * A number as EVM nodes write it in JSON: hexadecimal with 0x, up to 256 bits; undefined where it is none. Leading
 * zeros are taken, which the specification forbids and nodes send.
 *
 * Source: ethereum/execution-apis, “uint256”.
 */
export function parse(value: unknown): bigint | undefined {
  return typeof value === 'string' && /^0x[0-9a-fA-F]{1,64}$/.test(value) ? BigInt(value) : undefined
}
