import { type CommandIo, type CommandOption, type OptionValues, textOption, UsageProblem } from './command.ts'

export const databaseOptionHelp: CommandOption = {
  type: 'string',
  value: 'URL',
  help: 'pglite://DIR, or postgres://user@host/name; DATABASE_URL by default',
}

/** @throws UsageProblem where none is named, or it is of another kind */
export function databaseOption(values: OptionValues, io: CommandIo): string {
  const database = textOption(values, 'database') ?? io.environment.DATABASE_URL
  if (database === undefined) throw new UsageProblem('name the database with --database, or set DATABASE_URL.')
  if (!/^(?:pglite|postgres|postgresql):\/\//.test(database)) {
    throw new UsageProblem('--database takes pglite://DIR or postgres://...')
  }
  return database
}

/** The address without its password, for people to read. */
export function shownDatabase(database: string): string {
  return database.replace(/^([a-z]{1,20}:\/\/[^:@/]{0,200}):[^@/]{0,500}@/, '$1:***@')
}
