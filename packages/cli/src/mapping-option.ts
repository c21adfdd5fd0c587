import { readFile, stat } from 'node:fs/promises'
import { ReconError } from '@recon/core'
import { type MappingFile, parseMappingFile } from '@recon/formats'

const largestSetting = 1024 * 1024

/** The text of a small settings file. @throws ReconError INPUT_TOO_LARGE */
export async function settingText(path: string): Promise<string> {
  const { size } = await stat(path)
  if (size > largestSetting) {
    throw new ReconError('INPUT_TOO_LARGE', `${path} is larger than a settings file can be.`, { place: path })
  }
  return readFile(path, 'utf8')
}

/** @throws ReconError CONFIGURATION_INVALID naming the place */
export async function mappingOption(path: string | undefined): Promise<MappingFile | undefined> {
  return path === undefined ? undefined : parseMappingFile(await settingText(path))
}
