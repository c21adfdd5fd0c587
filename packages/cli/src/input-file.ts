import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { ReconError } from '@recon/core'

/** A file of the command line, opened as a stream: its size is known, its content never whole in memory. */
export interface InputFile {
  readonly path: string
  readonly name: string
  readonly bytes: number
  readonly open: () => AsyncIterable<Uint8Array>
}

/** @throws the system's error (ENOENT, EACCES), or ReconError for a folder */
export async function inputFile(path: string): Promise<InputFile> {
  const found = await stat(path)
  if (found.isDirectory()) {
    throw new ReconError('FORMAT_UNSUPPORTED', `${path} is a folder. Name a file.`, { place: path })
  }
  return {
    path,
    name: basename(path),
    bytes: found.size,
    open: () => createReadStream(path, { highWaterMark: 256 * 1024 }),
  }
}

/** The same error, saying which of several files it speaks of. */
export function aboutFile(error: unknown, file: { readonly path: string }): unknown {
  if (!ReconError.is(error)) return error
  return new ReconError(error.code, `${file.path}: ${error.message}`, {
    retryable: error.retryable,
    cause: error,
    ...(error.place === undefined ? {} : { place: error.place }),
    ...(error.details === undefined ? {} : { details: error.details }),
  })
}

export function readableSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} KB`
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`
}
