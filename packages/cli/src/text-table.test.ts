import { describe, expect, it } from 'vitest'
import { printable, textTable } from './text-table.ts'

describe('text table', () => {
  it('aligns amounts to the right and cuts what is too long', () => {
    const table = textTable(
      [
        { title: 'Name', maximum: 8 },
        { title: 'Amount', align: 'right' },
      ],
      [
        ['Østergaard & Co', '-1.00'],
        ['Bo', '1204.50'],
      ],
    )
    expect(table.split('\n')).toEqual([
      'Name       Amount',
      '--------  -------',
      'Østerga…    -1.00',
      'Bo        1204.50',
      '',
    ])
  })

  it('lets no text of a file steer the terminal', () => {
    expect(printable('a\u001b[31mb\u0000\n')).toBe('a·[31mb··')
  })
})
