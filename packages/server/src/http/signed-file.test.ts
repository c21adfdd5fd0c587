import { expect, it } from 'vitest'
import { memoryStorage, storageKey } from '../files/folder-storage.ts'
import { sealer } from '../outbox/sealed-secret.ts'
import { disposition, readSignedFile, signFile } from './signed-file.ts'

const seal = sealer('x'.repeat(40))
const now = '2026-11-21T09:00:00.000Z'
const grant = { tenantId: 't', kind: 'report', id: 'r1', fileName: 'a.csv', contentType: 'text/csv' } as const

it('opens a signed address for ten minutes and nothing else', async () => {
  const storage = memoryStorage()
  await storage.write(storageKey('t', 'report', 'r1'), new TextEncoder().encode('a,b'))
  const token = signFile(grant, now, seal).slice('/files/'.length)
  const file = await readSignedFile(token, now, seal, storage)
  expect(await file.text()).toBe('a,b')
  expect(file.headers.get('x-content-type-options')).toBe('nosniff')
  const other = signFile({ ...grant, id: 'r2' }, now, sealer('y'.repeat(40))).slice('/files/'.length)
  for (const [bad, at] of [
    [token, '2026-11-21T09:10:00.000Z'],
    [`${token}x`, now],
    [token.split('.')[0] ?? '', now],
    [other, now],
    ['', now],
  ] as const) {
    await expect(readSignedFile(bad, at, seal, storage)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  }
})

it.each(['invoice\u202Egpj.exe', '../../x', 'a"b\r\nSet-Cookie: x', 'ä'.repeat(300), 'CON'])(
  'writes the name %j so that it cannot end or turn the header (E3)',
  (name) => {
    const header = disposition(name)
    expect([...header].every((letter) => letter >= ' ' && letter <= '~')).toBe(true)
    expect(header.length).toBeLessThan(1200)
    expect(header).not.toContain('/x')
  },
)
