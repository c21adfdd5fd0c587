import { readFile } from 'node:fs/promises'
import { joinIdentifiers } from '@recon/core'
import { pairsOnlyCsv, readPairsOnly } from '@recon/formats'
import type { CommandIo } from './command.ts'

/**
 * The pairs of two canonical CSV files by identifier, amount and date alone, written while they are found. False when one of
 * the files is of another shape; nothing was written then.
 */
export async function writeIdentifierPairs(bankPath: string, ledgerPath: string, io: CommandIo): Promise<boolean> {
  if (!bankPath.toLowerCase().endsWith('.csv') || !ledgerPath.toLowerCase().endsWith('.csv')) return false
  const bank = readPairsOnly(await readFile(bankPath), 'BANK')
  if (bank === undefined) return false
  const ledger = readPairsOnly(await readFile(ledgerPath), 'LEDGER')
  if (ledger === undefined) return false
  const text = new TextDecoder()
  for (const chunk of pairsOnlyCsv(bank, ledger, joinIdentifiers(bank, ledger))) await io.out(text.decode(chunk))
  return true
}
