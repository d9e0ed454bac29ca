import { BlockList, isIP } from 'node:net'

/**
 * Whether an IP address is one that the whole internet reaches. Everything else (this machine, private networks,
 * link-local with its metadata services, multicast, documentation) is refused where a stranger's link leads.
 * Source: IANA special-purpose address registries for IPv4 and IPv6, as of 2026.
 */
export function isPublic(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !FOUR.check(address, 'ipv4')
  return family === 6 && !SIX.check(address.replace(/%.*$/, ''), 'ipv6')
}

/** Names that lead into the machine or its network, whoever resolves them (RFC 6761, 6762, 8375). */
export function isLocalName(host: string): boolean {
  return /(?:^|\.)(?:localhost|local|internal|home\.arpa|lan|intranet)\.?$/i.test(host)
}

const FOUR = new BlockList()
for (const [network, bits] of [
  ...([
    ['0.0.0.0', 8],
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['127.0.0.0', 8],
    ['169.254.0.0', 16],
  ] as const),
  ...([
    ['172.16.0.0', 12],
    ['192.0.0.0', 24],
    ['192.0.2.0', 24],
    ['192.88.99.0', 24],
    ['192.168.0.0', 16],
  ] as const),
  ...([
    ['198.18.0.0', 15],
    ['198.51.100.0', 24],
    ['203.0.113.0', 24],
    ['224.0.0.0', 4],
    ['240.0.0.0', 4],
  ] as const),
] as const) {
  FOUR.addSubnet(network, bits, 'ipv4')
}

/** `::/8` holds the IPv4-mapped ones; 64:ff9b::/96, 2002::/16 and 2001::/23 carry an IPv4 address as well. */
const SIX = new BlockList()
for (const [network, bits] of [
  ...([
    ['::', 8],
    ['64:ff9b::', 96],
    ['64:ff9b:1::', 48],
    ['100::', 64],
    ['2001::', 23],
  ] as const),
  ...([
    ['2001:db8::', 32],
    ['2002::', 16],
    ['3fff::', 20],
    ['fc00::', 7],
    ['fe80::', 9],
    ['ff00::', 8],
  ] as const),
] as const) {
  SIX.addSubnet(network, bits, 'ipv6')
}
