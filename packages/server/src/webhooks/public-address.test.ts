import { createServer } from 'node:net'
import { expect, it } from 'vitest'
import { isPublicAddress, publicTarget, webhookUrl } from './public-address.ts'
import { safePost } from './webhook-post.ts'

const internal = [
  '127.1',
  '2130706433',
  '0x7f.1',
  '0177.0.0.1',
  '①②⑦.⓪.⓪.①',
  '[::1]',
  '[::ffff:127.0.0.1]',
  '[64:ff9b::7f00:1]',
  '169.254.169.254',
  '0.0.0.0',
  'localhost.',
  'localhost',
  '100.64.0.1',
  '[fd00::1]',
  '10.0.0.1',
  '192.168.1.1',
  '172.16.0.1',
  '[fe80::1]',
  'db.internal',
  'printer.local',
  'intranet',
]

it.each(internal)('refuses https://%s/ before any connection (D11)', (host) => {
  expect(webhookUrl(`https://${host}/hook`).ok).toBe(false)
})

it.each([
  'http://example.com/',
  'file:///etc/passwd',
  'gopher://example.com/',
  'https://user:pass@example.com/',
  'https://example.com:22/',
  'https://example.com:25/',
  'https://example.com:6379/',
  'javascript:alert(1)',
  'no address',
])('refuses %s (D12)', (url) => {
  expect(webhookUrl(url).ok).toBe(false)
})

it('takes a public https address', () => {
  expect(webhookUrl('https://hooks.example.com/a').ok).toBe(true)
  expect(isPublicAddress('93.184.216.34')).toBe(true)
})

it('refuses a name with one internal address among public ones', async () => {
  const both = async () => [
    { address: '93.184.216.34', family: 4 as const },
    { address: '::1', family: 6 as const },
  ]
  expect((await publicTarget('mixed.example', both)).ok).toBe(false)
  expect((await publicTarget('none.example', async () => [])).ok).toBe(false)
})

it('never connects to an address of this machine, however the name is answered', async () => {
  let connects = 0
  const canary = createServer(() => {
    connects += 1
  })
  await new Promise<void>((resolve) => canary.listen(0, '127.0.0.1', resolve))
  for (let round = 0; round < 100; round++) {
    const rebinding = async () => [{ address: round % 2 === 0 ? '127.0.0.1' : '::ffff:127.0.0.1', family: 4 as const }]
    const answer = await safePost(rebinding)('https://rebind.example/', {}, '{}')
    expect(answer).toMatchObject({ status: 0, reason: 'ADDRESS_NOT_PUBLIC' })
  }
  canary.close()
  expect(connects).toBe(0)
})
