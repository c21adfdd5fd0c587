import { ReconError } from '@recon/core'

const deepest = 64

/**
 * JSON whose meaning every parser agrees on: UTF-8, no duplicate keys, at most 64 levels, no `__proto__` key.
 * @throws ReconError REQUEST_INVALID
 */
export function strictJson(bytes: Uint8Array): unknown {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw invalid('The body is not UTF-8.')
  }
  checkShape(text)
  try {
    return JSON.parse(text)
  } catch {
    throw invalid('The body is not JSON.')
  }
}

/** One pass over the text. Everything that is not about keys and depth is left to JSON.parse. */
function checkShape(text: string): void {
  const scopes: (Set<string> | undefined)[] = []
  let expectsKey = false
  for (let at = 0; at < text.length; at++) {
    switch (text[at]) {
      case '{':
        scopes.push(new Set())
        expectsKey = true
        break
      case '[':
        scopes.push(undefined)
        expectsKey = false
        break
      case '}':
      case ']':
        scopes.pop()
        expectsKey = false
        break
      case ',':
        expectsKey = scopes.at(-1) !== undefined
        break
      case '"': {
        const end = endOfString(text, at)
        const keys = scopes.at(-1)
        if (expectsKey && keys !== undefined) addKey(keys, text.slice(at, end + 1))
        expectsKey = false
        at = end
        break
      }
    }
    if (scopes.length > deepest) throw invalid(`The body is nested more than ${deepest} levels deep.`)
  }
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '"') return at
  }
  throw invalid('The body is not JSON: a string does not end.')
}

function addKey(keys: Set<string>, literal: string): void {
  let key: unknown
  try {
    key = JSON.parse(literal)
  } catch {
    throw invalid('The body is not JSON.')
  }
  if (typeof key !== 'string') return
  if (key === '__proto__') throw invalid('A key of the body is not allowed.')
  if (keys.has(key)) throw invalid(`The key "${key.slice(0, 60)}" comes twice in one object.`)
  keys.add(key)
}

function invalid(message: string): ReconError {
  return new ReconError('REQUEST_INVALID', message, { place: 'body' })
}
