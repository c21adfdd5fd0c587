import type { StatementInput } from './parse-result.ts'

export interface InputBytes {
  readonly bytesTotal?: number
  readonly pieces: AsyncIterable<Uint8Array>
}

const encoder = new TextEncoder()

/** The bytes of any input, piece by piece. Text is encoded as UTF-8. */
export function inputBytes(input: StatementInput): InputBytes {
  if (typeof input === 'string') return whole(encoder.encode(input))
  if (input instanceof Uint8Array) return whole(input)
  if (input instanceof ArrayBuffer) return whole(new Uint8Array(input))
  if (input instanceof Blob) return { bytesTotal: input.size, pieces: fromStream(input.stream()) }
  if ('getReader' in input) return { pieces: fromStream(input) }
  return { pieces: fromIterable(input) }
}

function whole(bytes: Uint8Array): InputBytes {
  return {
    bytesTotal: bytes.length,
    pieces: (async function* () {
      yield bytes
    })(),
  }
}

/** Not every browser's ReadableStream is iterable. Leaving the loop early cancels the stream. */
async function* fromStream(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader()
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value
  } finally {
    await reader.cancel()
  }
}

async function* fromIterable(input: AsyncIterable<Uint8Array | string>): AsyncGenerator<Uint8Array> {
  for await (const piece of input) yield typeof piece === 'string' ? encoder.encode(piece) : piece
}
