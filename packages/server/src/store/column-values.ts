/** Postgres type ids whose values both drivers must read alike. */
const int8 = 20
const date = 1082
const timestamptz = 1184
const numeric = 1700

/** `2026-11-21 20:15:00.123+00` as `2026-11-21T20:15:00.123Z`. The sessions run in UTC. */
export function instantOfTimestamp(text: string): string {
  const [day = '', time = ''] = text.split(' ')
  const clock = time.replace(/[+-]\d{2}(?::?\d{2})?$/, '')
  const [whole = '', fraction = ''] = clock.split('.')
  return `${day}T${whole}.${fraction.padEnd(3, '0').slice(0, 3)}Z`
}

/**
 * How column values are read: bigint for int8, so that no minor unit is lost; text for dates and numerics; ISO instants for
 * moments. The drivers' defaults differ from one another and build `Date` in the local time zone.
 */
export const columnReaders: Readonly<Record<number, (text: string) => unknown>> = {
  [int8]: (text) => BigInt(text),
  [date]: (text) => text,
  [timestamptz]: instantOfTimestamp,
  [numeric]: (text) => text,
}
