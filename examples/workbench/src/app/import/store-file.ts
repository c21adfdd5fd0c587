import { type Client, importRecordLimit } from '@recon/client'
import type { ReadFile } from './dropped-file.ts'

export interface StoredFile {
  readonly added: number
  readonly known: number
  readonly rejected: readonly string[]
}

function piecesOf<Row>(rows: readonly Row[], size: number): readonly (readonly Row[])[] {
  const pieces: Row[][] = []
  for (let start = 0; start < rows.length; start += size) pieces.push(rows.slice(start, start + size))
  return pieces
}

/** Sends what was read in as many requests as it takes. A record already known is not stored again. */
export async function storeFile(
  client: Client,
  file: ReadFile,
  onProgress: (share: number) => void,
): Promise<StoredFile> {
  const bank = piecesOf(file.bankLines, importRecordLimit).map((bankLines) => ({ bankLines: [...bankLines] }))
  const ledger = piecesOf(file.bookEntries, importRecordLimit).map((bookEntries) => ({ bookEntries: [...bookEntries] }))
  const requests = [...bank, ...ledger]
  let added = 0
  let known = 0
  const rejected: string[] = []
  for (const [index, records] of requests.entries()) {
    const last = index === requests.length - 1
    const statements = file.statements.map(({ lines, ...head }) => ({
      ...head,
      balances: [...head.balances],
      ...(lines.length <= importRecordLimit ? { lineIds: lines.map((line) => line.id) } : {}),
    }))
    const answer = await client.imports.create({
      fileName: file.name,
      format: file.format,
      ...records,
      ...(last && statements.length > 0 ? { statements } : {}),
    })
    if (!answer.ok) throw new Error(answer.refusal.message)
    added += answer.value.bankLines + answer.value.bookEntries
    known += answer.value.known
    rejected.push(...answer.value.rejected.map((row) => `${row.id ?? `record ${row.index + 1}`}: ${row.message}`))
    onProgress((index + 1) / requests.length)
  }
  return { added, known, rejected }
}
