import { lookup as resolve } from 'node:dns/promises'
import { allow, type Decision, refuse } from '@recon/core'
import ipaddr from 'ipaddr.js'

const ports = new Set(['', '443', '8443'])

/** Whether an address literal is of the public internet, however it is written. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  return ipaddr.process(address).range() === 'unicast'
}

/**
 * An address a webhook may go to: https, a usual port, no credentials, and a host that is not this network's. The host's
 * addresses are checked again when the connection is made: names can change their minds.
 */
export function webhookUrl(text: string): Decision<URL, 'URL_NOT_ALLOWED'> {
  const no = (why: string) => refuse('URL_NOT_ALLOWED', why)
  if (!URL.canParse(text)) return no('This is not an address.')
  const url = new URL(text)
  if (url.protocol !== 'https:') return no('Only https addresses are called.')
  if (url.username !== '' || url.password !== '') return no('An address must not hold a password.')
  if (!ports.has(url.port)) return no('Only the ports 443 and 8443 are called.')
  const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
  if (ipaddr.isValid(host) && !isPublicAddress(host)) return no('This address is not on the public internet.')
  if (!host.includes('.') && !host.includes(':')) return no('This host is not on the public internet.')
  if (/(?:^|\.)(?:localhost|local|internal|home|lan)$/.test(host)) return no('This host is not on the public internet.')
  return allow(url)
}

export interface ResolvedAddress {
  readonly address: string
  readonly family: 4 | 6
}
export type ResolveHost = (host: string) => Promise<readonly ResolvedAddress[]>

export const systemResolver: ResolveHost = async (host) => {
  const found = await resolve(host, { all: true, verbatim: true })
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }))
}

/**
 * The address to connect to: every address of the name must be public, and the connection is made to the one that was checked.
 */
export async function publicTarget(
  host: string,
  resolveHost: ResolveHost,
): Promise<Decision<ResolvedAddress, 'ADDRESS_NOT_PUBLIC'>> {
  const bare = host.replace(/^\[|\]$/g, '')
  const found = ipaddr.isValid(bare)
    ? [{ address: bare, family: ipaddr.process(bare).kind() === 'ipv6' ? 6 : 4 } as const]
    : await resolveHost(bare)
  const [first] = found
  if (first === undefined || !found.every((one) => isPublicAddress(one.address))) {
    return refuse('ADDRESS_NOT_PUBLIC', 'The host has an address that is not on the public internet.')
  }
  return allow(first)
}
