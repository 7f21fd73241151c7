import { BlockList, isIP } from 'node:net'

/** Where an address leads, as far as a key is concerned. */
export type Reach = 'public' | 'private' | 'loopback' | 'forbidden'

/**
 * Link-local addresses and what clouds answer there and on a few more: the credentials of the machine, to whoever asks.
 * AWS 169.254.169.254 and fd00:ec2::254, Google fd20:ce::254, Alibaba 100.100.100.200, Azure 168.63.129.16, Oracle
 * 192.0.0.192. "This host" (0.0.0.0) reaches loopback on Linux and macOS; multicast and reserved ones reach nobody.
 */
const FORBIDDEN = listOf(
  ['0.0.0.0', 8],
  ['169.254.0.0', 16],
  ['100.100.100.200', 32],
  ['168.63.129.16', 32],
  ['192.0.0.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  // IPv4 in IPv6 as nobody writes it any more (RFC 4291 2.5.5.1), translated (RFC 2765), and local NAT64 (RFC 8215).
  ['::', 96],
  ['::ffff:0:0:0', 96],
  ['64:ff9b:1::', 48],
  ['fe80::', 10],
  ['fec0::', 10],
  ['fd00:ec2::254', 128],
  ['fd20:ce::254', 128],
  ['ff00::', 8],
)
const LOOPBACK = listOf(['127.0.0.0', 8], ['::1', 128])
/** RFC 1918, RFC 6598 (also what VPNs hand out), RFC 2544, RFC 4193. */
const PRIVATE = listOf(
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['100.64.0.0', 10],
  ['198.18.0.0', 15],
  ['fc00::', 7],
)

/** Names under which a cloud's metadata service is known. */
const FORBIDDEN_NAMES = [
  'metadata',
  'metadata.google.internal',
  'metadata.goog',
  'instance-data',
  'instance-data.ec2.internal',
]

/** Where an IP address leads. An IPv6 address that only carries an IPv4 one leads where that leads. */
export function reachOf(address: string): Reach {
  const plain = carriedAddress(address) ?? address
  const family = isIP(plain)
  if (family === 0) return 'forbidden'
  const type = family === 4 ? 'ipv4' : 'ipv6'
  // Before the others: ::1 lies among the forbidden.
  if (LOOPBACK.check(plain, type)) return 'loopback'
  if (FORBIDDEN.check(plain, type)) return 'forbidden'
  return PRIVATE.check(plain, type) ? 'private' : 'public'
}

/** Where a URL's host leads, as far as that is known without looking its name up; null for a name like any other. */
export function hostReach(hostname: string): Reach | null {
  const bare = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
  if (isIP(bare) !== 0) return reachOf(bare)
  return FORBIDDEN_NAMES.includes(bare.toLowerCase()) ? 'forbidden' : null
}

/** This machine and no other: the only place plain http may go. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname)
}

/** The IPv4 address in a mapped (::ffff:0:0/96), translated (64:ff9b::/96) or 6to4 (2002::/16) one. */
function carriedAddress(address: string): string | null {
  if (isIP(address) !== 6) return null
  // Of the many ways to write an IPv6 address the URL parser knows one, without a zone.
  const text = new URL(`http://[${address.replace(/%.*$/, '')}]`).hostname.slice(1, -1)
  const found =
    /^::ffff:([\da-f]+):([\da-f]+)$/.exec(text) ??
    /^64:ff9b::(?:([\da-f]+):)?([\da-f]+)$/.exec(text) ??
    /^2002:([\da-f]+):(?:([\da-f]+):)?/.exec(text)
  if (found === null) return null
  return found
    .slice(1)
    .flatMap((part) => bytesOf(part))
    .join('.')
}

function bytesOf(part: string | undefined): number[] {
  const value = Number.parseInt(part ?? '0', 16)
  return [value >> 8, value & 0xff]
}

function listOf(...ranges: readonly (readonly [string, number])[]): BlockList {
  const list = new BlockList()
  for (const [address, bits] of ranges) list.addSubnet(address, bits, isIP(address) === 4 ? 'ipv4' : 'ipv6')
  return list
}
