import { observeElementRect, type Range, type Rect, useVirtualizer, type Virtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type RefObject, useCallback, useRef, useState } from 'react'
import { useBrowserLayoutEffect } from './browser-layout-effect.ts'

/** What a grid takes for its size until it is laid out. */
export const assumedRect: Rect = { width: 1200, height: 640 }

/** Where nothing is laid out (a host's tests in jsdom), the grid assumes a screen, so that its rows are there. */
export function observeRect(instance: Virtualizer<HTMLDivElement, Element>, tell: (rect: Rect) => void) {
  const laidOut = typeof ResizeObserver !== 'undefined'
  return observeElementRect(instance, (rect) => tell(rect.height > 0 || laidOut ? rect : assumedRect))
}

export interface GridRowsOptions {
  readonly count: number
  /** Height of every row in CSS pixels for a width of the grid. */
  readonly rowHeight: (gridWidth: number) => number
  /** Height of the sticky head: rows under it count as hidden. */
  readonly headHeight: number
  /** Identifies the row at a place, so that the active row keeps its place when rows leave above it. */
  readonly idAt: (place: number) => string | undefined
}

const overscan = 3

interface RowWindow {
  readonly start: number
  readonly size: number
}

/** As many rows at every scroll position, so that their elements are always the same ones. */
function rowWindow({ startIndex, count }: Range, shown: number): RowWindow {
  const size = Math.min(count, shown + 1 + 2 * overscan)
  return { start: Math.max(0, Math.min(startIndex - overscan, count - size)), size }
}

/**
 * Rows that scroll out lend their elements to those that scroll in: the browser changes texts instead of building rows. The
 * active row outside the window has an element of its own.
 */
function slotOf(index: number, { start, size }: RowWindow): string {
  return index < start || index >= start + size ? 'active' : `slot-${index % Math.max(1, size)}`
}

/**
 * Rows of a grid of any length: only those near the window exist, the active one always does, and focus roves over rows
 * (WAI-ARIA grid pattern). Positions are written through the DOM, never as style attributes.
 */
export function useGridRows(options: GridRowsOptions) {
  const { count, rowHeight, headHeight, idAt } = options
  const scroller = useRef<HTMLDivElement>(null)
  const body = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState(0)
  const wantsFocus = useRef(false)
  const hadFocus = useRef(false)
  const place = Math.min(active, Math.max(0, count - 1))
  const [width, setWidth] = useState(1200)
  const height = rowHeight(width)
  const seen = useRef(assumedRect.height)
  const view = useRef<RowWindow>({ start: 0, size: 0 })
  const rangeExtractor = useCallback(
    (range: Range) => {
      view.current = rowWindow(range, Math.ceil(seen.current / height))
      const { start, size } = view.current
      const places = Array.from({ length: size }, (_, index) => start + index)
      if (place < start) places.unshift(place)
      else if (place >= start + size && place < count) places.push(place)
      return places
    },
    [place, count, height],
  )
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan,
    initialRect: assumedRect,
    observeElementRect: observeRect,
    rangeExtractor,
    scrollPaddingStart: headHeight,
    onChange: (instance) => {
      seen.current = instance.scrollRect?.height || assumedRect.height
      const next = instance.scrollRect?.width
      if (next !== undefined && next > 0 && next !== width) setWidth(next)
    },
  })
  useBrowserLayoutEffect(() => virtualizer.measure(), [virtualizer, height])

  useBrowserLayoutEffect(() => {
    body.current?.style.setProperty('block-size', `${count * height}px`)
  }, [count, height])

  useBrowserLayoutEffect(() => {
    const lost = hadFocus.current && document.activeElement === document.body
    if (!wantsFocus.current && !lost) return
    const element = body.current?.querySelector<HTMLElement>(`[data-place="${place}"]`)
    if (element === null || element === undefined) return
    wantsFocus.current = false
    element.focus({ preventScroll: true })
  })

  const moveTo = useCallback(
    (next: number) => {
      const bounded = Math.max(0, Math.min(count - 1, next))
      setActive(bounded)
      virtualizer.scrollToIndex(bounded, { align: 'auto' })
      const element = body.current?.querySelector<HTMLElement>(`[data-place="${bounded}"]`)
      if (element) element.focus({ preventScroll: true })
      else wantsFocus.current = true
    },
    [count, virtualizer],
  )

  const onFocus = useCallback((next: number) => {
    hadFocus.current = true
    setActive(next)
  }, [])

  /** Handles the grid's own movement keys; true when it did. */
  const handleKey = (event: KeyboardEvent): boolean => {
    const page = Math.max(1, Math.floor((virtualizer.scrollRect?.height ?? height * 10) / height) - 2)
    const target =
      event.key === 'Home'
        ? 0
        : event.key === 'End'
          ? count - 1
          : event.key === 'PageDown'
            ? place + page
            : event.key === 'PageUp'
              ? place - page
              : undefined
    if (target === undefined || count === 0) return false
    moveTo(target)
    return true
  }

  return {
    scroller: scroller as RefObject<HTMLDivElement>,
    body: body as RefObject<HTMLDivElement>,
    height,
    width,
    active: place,
    activeId: idAt(place),
    items: virtualizer.getVirtualItems().filter((item) => item.index < count),
    slotOf: (index: number) => slotOf(index, view.current),
    moveTo,
    handleKey,
    focus: () => moveTo(place),
    onFocus,
    onBlur: (stillInside: boolean) => {
      hadFocus.current = stillInside
    },
  }
}

export type GridRows = ReturnType<typeof useGridRows>

/** Puts a row at its height in the grid. */
export function useRowPlace(element: RefObject<HTMLElement | null>, place: number, height: number): void {
  useBrowserLayoutEffect(() => {
    const row = element.current
    if (row === null) return
    row.style.setProperty('transform', `translateY(${place * height}px)`)
    row.style.setProperty('block-size', `${height}px`)
    row.dataset.placed = ''
  }, [element, place, height])
}
