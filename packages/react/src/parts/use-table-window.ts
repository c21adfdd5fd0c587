import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useCallback, useRef, useState } from 'react'
import { useBrowserLayoutEffect } from './browser-layout-effect.ts'
import { assumedRect, observeRect } from './use-grid-rows.ts'

export interface TableWindowOptions {
  /** Groups of rows: each becomes a `tbody`. */
  readonly count: number
  /** Height a group is taken for until it is measured, in CSS pixels. */
  readonly heightOf: (group: number) => number
  readonly keyOf: (group: number) => string
}

/** A group to draw, or the height of those that are not drawn. */
export type WindowPart =
  | { readonly kind: 'GROUP'; readonly index: number; readonly key: string }
  | { readonly kind: 'GAP'; readonly height: number; readonly key: string }

/**
 * The part of a long table that is near the window, in groups of any height. The group that has the focus stays, wherever
 * the table is scrolled; heights are written through the DOM, never as style attributes.
 */
export function useTableWindow({ count, heightOf, keyOf }: TableWindowOptions) {
  const scroller = useRef<HTMLDivElement>(null)
  const [kept, setKept] = useState<number | null>(null)
  const wanted = useRef<number | null>(null)
  const rangeExtractor = useCallback(
    (range: Range) => {
      const places = defaultRangeExtractor(range)
      if (kept === null || kept >= count || places.includes(kept)) return places
      return [...places, kept].sort((left, right) => left - right)
    },
    [kept, count],
  )
  const virtualizer = useVirtualizer<HTMLDivElement, Element>({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: heightOf,
    getItemKey: keyOf,
    overscan: 6,
    initialRect: assumedRect,
    observeElementRect: observeRect,
    rangeExtractor,
    scrollPaddingStart: 40,
    measureElement: (element) =>
      element.getBoundingClientRect().height || heightOf(Number(element.getAttribute('data-index'))),
  })

  useBrowserLayoutEffect(() => {
    const group = wanted.current
    if (group === null) return
    const body = scroller.current?.querySelector(`tbody[data-index="${group}"]`)
    const stop = body?.querySelector<HTMLElement>('input, button')
    if (stop === null || stop === undefined) return
    wanted.current = null
    stop.focus({ preventScroll: true })
  })

  const parts: WindowPart[] = []
  let reached = 0
  for (const { index, key, start, end } of virtualizer.getVirtualItems()) {
    if (index >= count) continue
    if (start > reached) parts.push({ kind: 'GAP', height: start - reached, key: `before-${String(key)}` })
    parts.push({ kind: 'GROUP', index, key: String(key) })
    reached = end
  }
  const total = virtualizer.getTotalSize()
  if (total > reached) parts.push({ kind: 'GAP', height: total - reached, key: 'after' })
  return {
    scroller: scroller as RefObject<HTMLDivElement>,
    parts,
    measure: virtualizer.measureElement,
    /** Keeps a group drawn while it has the focus; null lets it go. */
    keep: setKept,
    /** Scrolls to a group and focuses its first control. */
    moveTo: (group: number) => {
      const bounded = Math.max(0, Math.min(count - 1, group))
      wanted.current = bounded
      setKept(bounded)
      virtualizer.scrollToIndex(bounded, { align: 'auto' })
    },
  }
}

export type TableWindow = ReturnType<typeof useTableWindow>

/** Writes the height of a gap. */
export function useGapHeight(element: RefObject<HTMLElement | null>, height: number): void {
  useBrowserLayoutEffect(() => {
    element.current?.style.setProperty('block-size', `${height}px`)
  }, [element, height])
}
