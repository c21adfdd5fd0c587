import { allow, type Decision, refuse } from '@recon/core'

const local = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}$/
const label = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/

/**
 * One plain address, `name@domain`: no display name, no list, no quoting, no comments, no line breaks. Mail libraries read
 * richer forms differently from one another, and a second recipient hides in the difference.
 */
export function mailAddress(text: string): Decision<string, 'ADDRESS_INVALID'> {
  const at = text.lastIndexOf('@')
  const name = text.slice(0, at)
  const domain = text.slice(at + 1)
  const labels = domain.split('.')
  const plain =
    at > 0 &&
    text.length <= 254 &&
    local.test(name) &&
    !name.startsWith('.') &&
    !name.endsWith('.') &&
    !name.includes('..') &&
    labels.length >= 2 &&
    labels.every((one) => label.test(one))
  return plain
    ? allow(`${name}@${domain.toLowerCase()}`)
    : refuse('ADDRESS_INVALID', 'Give one plain mail address, name@domain.')
}
