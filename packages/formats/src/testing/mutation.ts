/** A small seeded generator (mulberry32): the same seed gives the same mutations on every machine. */
export function seededRandom(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

/** What makes parsers stumble: marks of the formats, numbers out of range, bytes that are no text. */
const tokens = [
  ',',
  '/',
  '\n',
  '\r\n',
  '\u0000',
  '"',
  '<',
  '>',
  '&',
  ':61:',
  ':86:',
  ':62F:',
  '-}',
  '88,',
  '49,',
  '16,',
  '99999999999999999999',
  '1e1000000000',
  '-',
  '+',
  '<!DOCTYPE a [<!ENTITY b "c">]>',
  '<![CDATA[',
  ']]>',
  '<!--',
  '&#0;',
  '&amp;',
  '\ufeff',
  '\u00e9',
  '2026-02-30',
  '^',
  '!Type:Bank\n',
  ';',
  '\t',
  'PK\u0003\u0004',
  '<STMTTRN>',
].map((token) => new TextEncoder().encode(token))

/** One to four changes of a file: bytes flipped, cut, repeated, moved, or tokens put in. */
export function mutated(bytes: Uint8Array, random: (below: number) => number): Uint8Array {
  let current = bytes
  for (let change = random(4); change >= 0; change--) current = changed(current, random)
  return current
}

function changed(bytes: Uint8Array, random: (below: number) => number): Uint8Array {
  if (bytes.length === 0) return tokens[random(tokens.length)] ?? bytes
  const at = random(bytes.length)
  const end = Math.min(bytes.length, at + 1 + random(random(8) === 0 ? 2000 : 40))
  switch (random(7)) {
    case 0: {
      const copy = bytes.slice()
      copy[at] = random(256)
      return copy
    }
    case 1:
      return joined(bytes.subarray(0, at), bytes.subarray(end))
    case 2:
      return joined(bytes.subarray(0, end), bytes.subarray(at))
    case 3:
      return bytes.slice(0, at)
    case 4: {
      const target = random(bytes.length)
      return joined(bytes.subarray(0, target), bytes.subarray(at, end), bytes.subarray(target))
    }
    case 5: {
      const copy = bytes.slice()
      copy[at] = 48 + random(10)
      return copy
    }
    default:
      return joined(bytes.subarray(0, at), tokens[random(tokens.length)] ?? bytes, bytes.subarray(at))
  }
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let offset = 0
  for (const part of parts) {
    whole.set(part, offset)
    offset += part.length
  }
  return whole
}
