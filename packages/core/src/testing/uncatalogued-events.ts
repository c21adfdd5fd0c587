import { activityCatalogue } from '../activity-catalogue.ts'
import type { ActivityEvent } from '../activity-event.ts'

/** The events that are not in the catalogue, or do not fit its schema, each with what is wrong. Empty when all are fine. */
export function uncataloguedEvents(events: readonly ActivityEvent[]): readonly string[] {
  return events.flatMap((event) => {
    const parsed = activityCatalogue.get(event.name)?.schema.safeParse(event)
    if (parsed?.success) return []
    return [
      `${event.name}: ${parsed?.error?.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; ') ?? 'unknown name'}`,
    ]
  })
}
