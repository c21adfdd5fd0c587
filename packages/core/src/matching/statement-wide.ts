import type { BankLine } from '../records/bank-line.ts'
import type { BankStatement } from '../records/statement.ts'
import type { Postings } from './reference-index.ts'
import type { RecordColumns } from './side-columns.ts'

/** Fewer lines have a value in common by chance. */
const fewestLines = 4

/**
 * Marks keys that stand on every line of a statement: its number, a contract, the customer's own id. They tell no line from another
 * (frappe/erpnext#57382), unless exactly as many entries carry them. Lines of no known statement are judged together.
 */
export function markStatementWide(
  lines: RecordColumns<BankLine>,
  columns: readonly Int32Array[],
  entryPostings: Postings,
  statements: readonly BankStatement[],
  marks: Uint8Array,
): void {
  for (const members of linesByStatement(lines, statements)) {
    const first = members[0]
    if (first === undefined || members.length < fewestLines) continue
    for (const column of columns) {
      const key = column[first] ?? -1
      if (key < 0 || marks[key] === 1) continue
      const onEntries = (entryPostings.starts[key + 1] ?? 0) - (entryPostings.starts[key] ?? 0)
      if (onEntries !== members.length && members.every((line) => holds(columns, line, key))) marks[key] = 1
    }
  }
}

function holds(columns: readonly Int32Array[], line: number, key: number): boolean {
  for (const column of columns) if (column[line] === key) return true
  return false
}

function linesByStatement(lines: RecordColumns<BankLine>, statements: readonly BankStatement[]): number[][] {
  const statementOf = new Map<string, number>()
  statements.forEach((statement, index) => {
    for (const { id } of statement.lines) statementOf.set(id, index)
  })
  const groups: number[][] = [...statements.map((): number[] => []), []]
  for (let line = 0; line < lines.count; line++) {
    const own = statementOf.size === 0 ? undefined : statementOf.get(lines.rows[line]?.id ?? '')
    groups[own ?? statements.length]?.push(line)
  }
  return groups
}
