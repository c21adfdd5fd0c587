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
  // The second file is read by the system while the first is scanned here.
  const [bankBytes, ledgerRead] = [await readFile(bankPath), readFile(ledgerPath)]
  const ledgerBytes = ledgerRead.then(
    (bytes) => bytes,
    () => undefined,
  )
  const bank = readPairsOnly(bankBytes, 'BANK')
  const secondBytes = await ledgerBytes
  if (bank === undefined || secondBytes === undefined) return false
  const ledger = readPairsOnly(secondBytes, 'LEDGER')
  if (ledger === undefined) return false
  const text = new TextDecoder()
  for (const chunk of pairsOnlyCsv(bank, ledger, joinIdentifiers(bank, ledger))) await io.out(text.decode(chunk))
  return true
}
