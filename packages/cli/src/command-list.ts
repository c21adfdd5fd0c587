import type { Command } from './command.ts'

/** Loaded when called: `recon parse` does not wait for a database driver. */
const loaders = {
  match: async () => (await import('./match-command.ts')).matchCommand,
  parse: async () => (await import('./parse-command.ts')).parseCommand,
  serve: async () => (await import('./serve-command.ts')).serveCommand,
  work: async () => (await import('./work-command.ts')).workCommand,
  jobs: async () => (await import('./jobs-command.ts')).jobsCommand,
  migrate: async () => (await import('./migrate-command.ts')).migrateCommand,
  doctor: async () => (await import('./doctor-command.ts')).doctorCommand,
} satisfies Record<string, () => Promise<Command>>

export const commandNames: readonly string[] = Object.keys(loaders)

export async function loadCommand(name: string): Promise<Command | undefined> {
  return Object.hasOwn(loaders, name) ? loaders[name as keyof typeof loaders]() : undefined
}

export const commandSummaries: Readonly<Record<string, string>> = {
  match: 'match bank files with ledger files and prove the difference',
  parse: 'read one bank file and say what is in it',
  serve: 'run the host backend over HTTP',
  work: 'take jobs from the database until stopped: matching, mail, reports, fetches',
  jobs: 'show the jobs that were given up, and give them another try',
  migrate: 'bring the database schema up to date',
  doctor: 'check this machine and the database, and say what to do',
}
