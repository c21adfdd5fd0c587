import type { KeyboardEvent } from 'react'

export const keyCommands = [
  'next',
  'previous',
  'open',
  'select',
  'reconcile',
  'flag',
  'escalate',
  'undo',
  'search',
  'help',
  'copyAmount',
] as const
export type KeyCommand = (typeof keyCommands)[number]

/** The keys of each command, as KeyboardEvent.key gives them. An empty list switches a command's key off. */
export type KeyMap = Readonly<Record<KeyCommand, readonly string[]>>

export const defaultKeyMap: KeyMap = {
  next: ['j', 'ArrowDown'],
  previous: ['k', 'ArrowUp'],
  open: ['Enter'],
  select: [' '],
  reconcile: ['r'],
  flag: ['f'],
  escalate: ['e'],
  undo: ['u'],
  search: ['/'],
  help: ['?'],
  copyAmount: ['c'],
}

const textControls = new Set(['TEXTAREA', 'SELECT'])
const pressable = new Set(['checkbox', 'radio', 'button', 'submit'])

/** True where letters are text, not commands. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || textControls.has(target.tagName)) return true
  return target instanceof HTMLInputElement && !pressable.has(target.type)
}

/** The command a key press means, or undefined: with a modifier held, keys belong to the browser and the host. */
export function commandOf(keyMap: KeyMap, event: KeyboardEvent): KeyCommand | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return undefined
  return keyCommands.find((command) => keyMap[command].includes(event.key))
}
