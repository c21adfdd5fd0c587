import type { Money } from '@recon/core'
import { parseAmount } from './amount-notation.ts'
import type { BankField, LedgerField } from './column-mapping.ts'
import { unguarded } from './formula-guard.ts'
import type { RowLayout } from './row-layout.ts'
import { type RowNote, shown } from './row-reading.ts'

/** The amount before conversion; without a currency of its own, or unreadable, it is left out with a note. */
export function readOriginalAmount(
  text: string,
  currency: string,
  layout: RowLayout,
  notes: RowNote[],
): Money | undefined {
  const parsed = parseAmount(text, layout.notation, currency.toUpperCase())
  if (parsed.ok) return parsed.value
  notes.push({
    code: 'ORIGINAL_AMOUNT_IGNORED',
    message: `The original amount ${shown(text)} is left out: ${parsed.refusal.message}`,
  })
  return undefined
}

export type CellReader<Field> = (fields: readonly string[], field: Field) => string

/** Reads cells by field, trimmed; several columns of one field are joined by a newline. */
export function cellReader<Field extends BankField | LedgerField>(layout: RowLayout): CellReader<Field> {
  // A plain record: the field names are constants at every call, which engines turn into fixed offsets.
  const single: Partial<Record<string, number>> = {}
  const several = new Map<string, readonly number[]>()
  for (const [field, list] of layout.indexes) {
    if (list.length === 1) single[field] = list[0] ?? 0
    else several.set(field, list)
  }
  return (fields, field) => {
    const index = single[field]
    if (index !== undefined) {
      const text = fields[index]
      return text === undefined || text === '' ? '' : unguarded(text.trim())
    }
    const list = several.size === 0 ? undefined : several.get(field)
    if (list === undefined) return ''
    return list
      .map((at) => unguarded((fields[at] ?? '').trim()))
      .filter((text) => text !== '')
      .join('\n')
  }
}
