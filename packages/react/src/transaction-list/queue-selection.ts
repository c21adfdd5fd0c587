/**
 * Which items a bulk action means: those named, or everything a filter gives except some. The second form stays true
 * for rows that are not loaded or not on the screen.
 */
export type QueueSelection =
  | { readonly kind: 'NAMED'; readonly ids: ReadonlySet<string> }
  | { readonly kind: 'FILTERED'; readonly except: ReadonlySet<string> }

export const nothingSelected: QueueSelection = { kind: 'NAMED', ids: new Set() }
export const wholeFilter: QueueSelection = { kind: 'FILTERED', except: new Set() }

export function isSelected(selection: QueueSelection, id: string): boolean {
  return selection.kind === 'NAMED' ? selection.ids.has(id) : !selection.except.has(id)
}

function toggled(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(ids)
  if (!next.delete(id)) next.add(id)
  return next
}

export function toggleSelected(selection: QueueSelection, id: string): QueueSelection {
  return selection.kind === 'NAMED'
    ? { kind: 'NAMED', ids: toggled(selection.ids, id) }
    : { kind: 'FILTERED', except: toggled(selection.except, id) }
}

/** Adds all of `ids`, for shift-selection and "select all shown". */
export function addSelected(selection: QueueSelection, ids: Iterable<string>): QueueSelection {
  if (selection.kind === 'NAMED') return { kind: 'NAMED', ids: new Set([...selection.ids, ...ids]) }
  const except = new Set(selection.except)
  for (const id of ids) except.delete(id)
  return { kind: 'FILTERED', except }
}

export function selectedCount(selection: QueueSelection, inFilter: number): number {
  return selection.kind === 'NAMED' ? selection.ids.size : Math.max(0, inFilter - selection.except.size)
}
