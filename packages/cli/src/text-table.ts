export interface TextColumn {
  readonly title: string
  readonly align?: 'left' | 'right'
  /** Characters kept; longer cells end in an ellipsis. */
  readonly maximum?: number
}

/** Terminal columns a text takes: combining marks take none. */
function width(text: string): number {
  let count = 0
  for (const character of text.normalize('NFC')) if (!/\p{Mn}/u.test(character)) count += 1
  return count
}

/** Text from files must not steer a terminal: control characters are shown as a dot. */
export function printable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, '·')
}

function fit(text: string, maximum: number | undefined): string {
  const clean = printable(text)
  if (maximum === undefined || width(clean) <= maximum) return clean
  return `${[...clean].slice(0, maximum - 1).join('')}…`
}

/** Rows under titles, columns two blanks apart. Ends with a newline. */
export function textTable(columns: readonly TextColumn[], rows: readonly (readonly string[])[]): string {
  const cells = rows.map((row) => columns.map((column, index) => fit(row[index] ?? '', column.maximum)))
  const widths = columns.map((column, index) =>
    Math.max(width(column.title), ...cells.map((row) => width(row[index] ?? ''))),
  )
  const line = (row: readonly string[]) =>
    columns
      .map((column, index) => {
        const text = row[index] ?? ''
        const blanks = ' '.repeat(Math.max(0, (widths[index] ?? 0) - width(text)))
        return column.align === 'right' ? blanks + text : text + blanks
      })
      .join('  ')
      .trimEnd()
  const head = line(columns.map((column) => column.title))
  const rule = widths.map((size) => '-'.repeat(size)).join('  ')
  return `${[head, rule, ...cells.map(line)].join('\n')}\n`
}
