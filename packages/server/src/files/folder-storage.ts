import { mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { ReconError } from '@recon/core'
import type { FileStorage } from './file-storage.ts'

const keyPattern = /^[A-Za-z0-9_-]{1,100}(?:\/[A-Za-z0-9_-]{1,100}){0,3}$/

/** Files in a folder of this machine. Several machines need an object store or a shared folder. */
export function folderStorage(folder: string): FileStorage {
  const pathOf = (key: string): string => {
    if (keyPattern.test(key)) return join(folder, ...key.split('/'))
    throw new ReconError('INTERNAL', 'A storage key is not of our making.', { place: 'key' })
  }
  return {
    append: async (key, offset, bytes) => {
      const path = pathOf(key)
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      const file = await open(path, offset === 0 ? 'w' : 'r+', 0o600)
      try {
        await file.write(bytes, 0, bytes.byteLength, offset)
        await file.sync()
      } finally {
        await file.close()
      }
    },
    write: async (key, bytes) => {
      const path = pathOf(key)
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      await writeFile(`${path}.part`, bytes, { mode: 0o600, flush: true })
      await rename(`${path}.part`, path)
    },
    read: async (key) => {
      try {
        return new Uint8Array(await readFile(pathOf(key)))
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
        throw new ReconError('NOT_FOUND', 'The file is not in the storage.', { cause: error })
      }
    },
    remove: (key) => rm(pathOf(key), { force: true }),
  }
}

/** Files in memory: for an embedded database in memory and for tests. */
export function memoryStorage(): FileStorage {
  const files = new Map<string, Uint8Array>()
  return {
    append: async (key, offset, bytes) => {
      const before = files.get(key) ?? new Uint8Array()
      const after = new Uint8Array(offset + bytes.byteLength)
      after.set(before.subarray(0, offset))
      after.set(bytes, offset)
      files.set(key, after)
    },
    write: async (key, bytes) => {
      files.set(key, new Uint8Array(bytes))
    },
    read: async (key) => {
      const bytes = files.get(key)
      if (bytes === undefined) throw new ReconError('NOT_FOUND', 'The file is not in the storage.')
      return bytes
    },
    remove: async (key) => {
      files.delete(key)
    },
  }
}

/** The key of a tenant's object: tenants are named by hosts, so the name itself never becomes a path. */
export function storageKey(tenantId: string, kind: 'upload' | 'report', id: string): string {
  const tenant = Buffer.from(tenantId).toString('base64url').slice(0, 90)
  return `${tenant === '' ? '_' : tenant}/${kind}/${id}`
}
