import { type Client, importRecordLimit } from '@recon/client'
import { parseBankFile, previewTable } from '@recon/formats'
import type { BankTableMapping, ImportSource, TableMapping } from '@recon/react'
import { columnMemory } from './column-memory.ts'

/** The mapping of the deposits' side; the dialog never offers another. */
const bankMapping = (mapping: TableMapping | undefined): { mapping?: BankTableMapping } =>
  mapping?.target === 'bank' ? { mapping } : {}

/** What the import dialog of the payments desk reads and stores deposits with: the readers as they are, and the client. */
export function depositImport(client: Pick<Client, 'imports'>): ImportSource {
  return {
    target: 'bank',
    look: (file, target) => previewTable(file, { target }),
    memory: columnMemory,
    preview: async (file, mapping) => {
      const { lines, rejected } = await parseBankFile(file, bankMapping(mapping))
      return { records: lines, total: lines.length, problems: rejected }
    },
    run: async (file, mapping, progress, signal) => {
      const { lines } = await parseBankFile(file, { ...bankMapping(mapping), signal })
      for (let start = 0; start < lines.length; start += importRecordLimit) {
        signal.throwIfAborted()
        const bankLines = lines.slice(start, start + importRecordLimit)
        const answer = await client.imports.create({ fileName: file.name, format: 'csv', bankLines })
        if (!answer.ok) throw new Error(answer.refusal.message)
        progress(start + bankLines.length, lines.length)
      }
    },
  }
}
