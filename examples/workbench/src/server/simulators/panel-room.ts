import type { Client } from '@recon/client'
import { parseMoney } from '@recon/core'
import type { DeskName } from '../../app/desk-client.ts'
import type { SimulatedWorld } from './simulated-world.ts'

/** What the controls of a desk work with. */
export interface PanelRoom {
  readonly world: SimulatedWorld
  readonly client: (desk: DeskName) => Client
}

/** The fields of one click, as the browser sent them. */
export type PanelInput = Readonly<Record<string, unknown>>

/** What a control did, in words for the person who clicked. */
export type PanelAction = (room: PanelRoom, input: PanelInput) => Promise<string>

/** Somebody asked for what the outside world cannot do. */
export class PanelRefusal extends Error {}

export function textOf(input: PanelInput, name: string): string {
  const value = input[name]
  if (typeof value === 'string' && value !== '' && value.length <= 200) return value
  throw new PanelRefusal(`"${name}" is missing.`)
}

/** A positive amount in major units, as a canonical decimal. */
export function amountOf(input: PanelInput, currency: string): string {
  const parsed = parseMoney(textOf(input, 'amount').trim(), { currency, decimalMark: '.' })
  if (!parsed.ok || parsed.value.amount.startsWith('-') || !/[1-9]/.test(parsed.value.amount))
    throw new PanelRefusal('Write an amount such as 333.35.')
  return parsed.value.amount
}

/** Minor units of a canonical amount with two decimals. */
export const centsOf = (amount: string): bigint => BigInt(amount.replace('.', ''))
