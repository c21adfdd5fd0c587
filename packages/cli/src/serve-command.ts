import { serve } from '@hono/node-server'
import { createRecon } from '@recon/server'
import { type Command, type CommandIo, exitCodes, type OptionValues, textOption, UsageProblem } from './command.ts'
import { databaseOptionHelp } from './database-option.ts'
import { hostEnvironmentHelp, hostOptions } from './host-options.ts'

export const serveCommand: Command = {
  name: 'serve',
  summary: 'run the host backend over HTTP',
  usage: 'serve --database pglite://DIR|postgres://... --port N',
  options: {
    database: databaseOptionHelp,
    port: { type: 'string', value: 'N', help: '1 to 65535; 8787 by default' },
  },
  positionals: 0,
  details:
    'Serves under /recon: /recon/health, /recon/openapi.json and every route of the contract. Everybody who reaches the\nport works as one operator, so it listens on this machine alone; mount the handler in your own server for sign-in.' +
    `\n\n${hostEnvironmentHelp}`,
  run,
}

export function portOption(values: OptionValues, otherwise: number): number {
  const given = textOption(values, 'port')
  if (given === undefined) return otherwise
  const port = /^\d{1,5}$/.test(given) ? Number(given) : 0
  if (port < 1 || port > 65_535) throw new UsageProblem(`--port ${given} is no port: give a number from 1 to 65535.`)
  return port
}

async function run(values: OptionValues, _positionals: readonly string[], io: CommandIo): Promise<number> {
  const port = portOption(values, 8787)
  const hostname = '127.0.0.1'
  const options = hostOptions(values, io)
  const recon = createRecon(options)
  const server = serve({ fetch: (request) => recon.handler(request), port, hostname })
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('listening', resolve)
      server.once('error', reject)
    })
    // an embedded database has no other process to take its jobs
    if (String(options.database).startsWith('pglite:')) await recon.work()
    await io.out(`recon serves on http://${hostname}:${port}/recon (stop with Ctrl+C)\n`)
    await io.stopped()
    return exitCodes.ok
  } finally {
    await new Promise((resolve) => server.close(resolve))
    await recon.close()
  }
}
