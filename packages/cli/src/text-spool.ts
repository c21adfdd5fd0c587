import { createReadStream } from 'node:fs'
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const memoryCharacters = 16 * 1024 * 1024

/** Text that is written out only once the whole input proved sound: in memory while small, in a temporary file beyond. */
export interface TextSpool {
  readonly add: (text: string) => Promise<void>
  readonly pieces: () => AsyncIterable<string>
  readonly close: () => Promise<void>
}

export function textSpool(limit = memoryCharacters): TextSpool {
  let held: string[] = []
  let size = 0
  let folder: string | undefined
  let file: FileHandle | undefined
  const flush = async () => {
    if (file === undefined) {
      folder = await mkdtemp(join(tmpdir(), 'recon-'))
      file = await open(join(folder, 'spool'), 'wx', 0o600)
    }
    await file.write(held.join(''))
    held = []
    size = 0
  }
  return {
    add: async (text) => {
      held.push(text)
      size += text.length
      if (size > limit) await flush()
    },
    pieces: async function* () {
      if (folder !== undefined) yield* createReadStream(join(folder, 'spool'), { encoding: 'utf8' })
      yield held.join('')
    },
    close: async () => {
      await file?.close()
      if (folder !== undefined) await rm(folder, { recursive: true, force: true })
    },
  }
}
