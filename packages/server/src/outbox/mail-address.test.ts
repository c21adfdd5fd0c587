import { expect, it } from 'vitest'
import { mailAddress } from './mail-address.ts'

it.each(['cleo@client.example', "o'neil+books@sub.client.example", 'A.B@CLIENT.example'])('takes %s', (address) => {
  expect(mailAddress(address).ok).toBe(true)
})

it.each([
  'a@b.com\r\nBcc: x@y.z',
  '"x@evil.com x"@corp.example',
  'a@b.com, c@d.com',
  'a@b.com;c@d.com',
  'Name <a@b.com>',
  'a@b',
  '@b.com',
  'a@-b.com',
  'a..b@c.com',
  'a@b.com ',
  `${'a'.repeat(65)}@b.com`,
  `a@${'b'.repeat(250)}.com`,
  'a@b.com\u0000',
  'а@b.com',
])('refuses %j (B17)', (address) => {
  expect(mailAddress(address).ok).toBe(false)
})
