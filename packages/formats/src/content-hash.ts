/**
 * SHA-256 (FIPS 180-4) of a text's UTF-8 bytes as eight 32-bit words, valid until the next call. Synchronous, which Web
 * Crypto is not, and quick on the short texts identities are made of. A cryptographic hash, since the sender of a payment
 * chooses its text.
 */
export function sha256(text: string): Int32Array {
  const length = fill(text)
  let a = 0x6a09e667
  let b = 0xbb67ae85 | 0
  let c = 0x3c6ef372
  let d = 0xa54ff53a | 0
  let e = 0x510e527f
  let f = 0x9b05688c | 0
  let g = 0x1f83d9ab
  let h = 0x5be0cd19
  for (let offset = 0; offset < length; offset += 64) {
    schedule(offset)
    let p = a
    let q = b
    let r = c
    let s = d
    let t = e
    let u = f
    let v = g
    let w = h
    for (let round = 0; round < 64; round++) {
      const high = ((t >>> 6) | (t << 26)) ^ ((t >>> 11) | (t << 21)) ^ ((t >>> 25) | (t << 7))
      const first = (w + high + ((t & u) ^ (~t & v)) + (constants[round] as number) + (words[round] as number)) | 0
      const low = ((p >>> 2) | (p << 30)) ^ ((p >>> 13) | (p << 19)) ^ ((p >>> 22) | (p << 10))
      const second = (low + ((p & q) ^ (p & r) ^ (q & r))) | 0
      w = v
      v = u
      u = t
      t = (s + first) | 0
      s = r
      r = q
      q = p
      p = (first + second) | 0
    }
    a = (a + p) | 0
    b = (b + q) | 0
    c = (c + r) | 0
    d = (d + s) | 0
    e = (e + t) | 0
    f = (f + u) | 0
    g = (g + v) | 0
    h = (h + w) | 0
  }
  digest[0] = a
  digest[1] = b
  digest[2] = c
  digest[3] = d
  digest[4] = e
  digest[5] = f
  digest[6] = g
  digest[7] = h
  return digest
}

// Indices below stay inside their arrays, so the reads are numbers; a fallback value would cost half the speed.
const encoder = new TextEncoder()
const words = new Int32Array(64)
const digest = new Int32Array(8)
const constants = roundConstants()
let block = new Uint8Array(1024)

/** Writes text, the closing bit and the length into `block`; returns how many bytes are to be hashed. */
function fill(text: string): number {
  const most = text.length * 3 + 72
  if (block.length < most) block = new Uint8Array(most)
  const written = encoder.encodeInto(text, block).written
  const length = ((written + 8) >>> 6) * 64 + 64
  block.fill(0, written, length)
  block[written] = 0x80
  const bits = written * 8
  for (let index = 0; index < 6; index++) block[length - 1 - index] = Math.floor(bits / 2 ** (8 * index)) & 0xff
  return length
}

function schedule(offset: number): void {
  for (let index = 0; index < 16; index++) {
    const at = offset + index * 4
    words[index] =
      ((block[at] as number) << 24) |
      ((block[at + 1] as number) << 16) |
      ((block[at + 2] as number) << 8) |
      (block[at + 3] as number)
  }
  for (let index = 16; index < 64; index++) {
    const x = words[index - 15] as number
    const y = words[index - 2] as number
    const small = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3)
    const large = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10)
    words[index] = ((words[index - 16] as number) + small + (words[index - 7] as number) + large) | 0
  }
}

/** The first 32 bits of the fractional parts of the cube roots of the first 64 primes. */
function roundConstants(): Int32Array {
  const found = new Int32Array(64)
  let count = 0
  for (let candidate = 2; count < 64; candidate++) {
    let prime = true
    for (let divisor = 2; divisor * divisor <= candidate; divisor++) if (candidate % divisor === 0) prime = false
    if (!prime) continue
    const root = Math.cbrt(candidate)
    found[count] = ((root - Math.floor(root)) * 2 ** 32) | 0
    count += 1
  }
  return found
}

const bytes = Array.from({ length: 256 }, (_, value) => value.toString(16).padStart(2, '0'))

/** The first `count` words of a digest in hexadecimal. */
export function hexWords(words: Int32Array, count: number): string {
  let text = ''
  for (let index = 0; index < count; index++) {
    const word = words[index] as number
    text += bytes[word >>> 24] as string
    text += bytes[(word >>> 16) & 255] as string
    text += bytes[(word >>> 8) & 255] as string
    text += bytes[word & 255] as string
  }
  return text
}
