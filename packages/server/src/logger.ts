/** Facts of a log line. Never a token, a link, a mail body or a person's text. */
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>

export interface Logger {
  readonly info: (message: string, fields?: LogFields) => void
  readonly warn: (message: string, fields?: LogFields) => void
  readonly error: (message: string, fields?: LogFields) => void
}

export const silentLogger: Logger = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** One JSON object a line. */
export function jsonLogger(write: (line: string) => void, now: () => string): Logger {
  const log =
    (level: string) =>
    (message: string, fields: LogFields = {}) =>
      write(JSON.stringify({ at: now(), level, message, ...fields }))
  return { info: log('info'), warn: log('warn'), error: log('error') }
}
