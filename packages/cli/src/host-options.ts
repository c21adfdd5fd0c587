import { jsonLogger, localOperator, type ReconOptions, smtp } from '@recon/server'
import { type CommandIo, type OptionValues, UsageProblem } from './command.ts'
import { databaseOption } from './database-option.ts'

/** What `recon serve` and `recon work` read from the environment, for their help texts. */
export const hostEnvironmentHelp = [
  'From the environment: DATABASE_URL; RECON_SECRET (32 characters or more, seals links and signs downloads; an embedded',
  'database makes its own); SMTP_URL and SMTP_FROM for mail; RECON_URL (public address of /recon) and RECON_PORTAL_PAGE',
  '(where a signed-in client lands) for the client portal.',
].join('\n')

/** The backend as a command runs it: one operator on this machine, mail and portal where the environment names them. */
export function hostOptions(values: OptionValues, io: CommandIo): ReconOptions {
  const { environment } = io
  const { SMTP_URL: mailUrl, SMTP_FROM: from, RECON_SECRET: secret } = environment
  const { RECON_URL: url, RECON_PORTAL_PAGE: page } = environment
  if (mailUrl !== undefined && from === undefined) throw new UsageProblem('SMTP_URL needs SMTP_FROM, the sender.')
  if ((url === undefined) !== (page === undefined)) {
    throw new UsageProblem('RECON_URL and RECON_PORTAL_PAGE belong together: give both or neither.')
  }
  return {
    database: databaseOption(values, io),
    authorize: localOperator(),
    logger: jsonLogger(
      (line) => io.err(`${line}\n`),
      () => new Date().toISOString(),
    ),
    ...(secret === undefined ? {} : { secret }),
    ...(mailUrl === undefined || from === undefined ? {} : { mail: smtp(mailUrl, { from }) }),
    ...(url === undefined || page === undefined ? {} : { portal: { url, page } }),
  }
}
