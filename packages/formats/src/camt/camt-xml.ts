import { SaxesParser } from 'saxes'
import { type CharsetDecoding, decodeCharset } from '../charset-decoder.ts'
import { type PushReader, type ReaderContext, refusedFile } from '../format-reader.ts'
import { withinLimit } from '../input-limits.ts'

/** An element by its local name, text trimmed. */
export interface XmlNode {
  readonly name: string
  readonly line: number
  readonly attributes: Readonly<Record<string, string>>
  text: string
  readonly children: XmlNode[]
  /** Elements in it, itself included. */
  size: number
  /** The element as received, where capturing was asked for. */
  raw?: string
}

export interface XmlHandler {
  /** Elements whose source text is kept in `raw`. */
  readonly captured: ReadonlySet<string>
  open(node: XmlNode, parent: XmlNode | undefined): void
  /** True when the node has been dealt with and need not be kept in its parent. */
  close(node: XmlNode, parent: XmlNode | undefined): boolean
  /** The file ends inside elements and the caller loads what came whole: nothing more is closed. */
  cutOff(): void
  end(): void
}

/** How much comes before the root element: the declaration, comments, never a document type. */
const longestProlog = 16 * 1024
/** Source text kept per element; enough for any single payment. */
const longestRaw = 16 * 1024
/** Source text kept from before an element, to find where it starts. */
const lookBack = 512

/**
 * Streams XML as small trees. Document types are refused, so no entity is ever expanded; depth, text length and the distance
 * between two tags are bounded.
 */
export function xmlReader(context: ReaderContext, handler: XmlHandler): PushReader {
  const tree = new XmlTree(context, handler)
  let decoder: CharsetDecoding | undefined
  let head = new Uint8Array(0)
  return {
    write(bytes) {
      if (decoder === undefined) {
        const all = new Uint8Array(head.length + bytes.length)
        all.set(head)
        all.set(bytes, head.length)
        head = all
        if (head.length < 256) return
        decoder = decodeCharset(context.options.charset ?? declaredCharset(head))
        tree.write(decoder.push(head))
        return
      }
      tree.write(decoder.push(bytes))
    },
    end() {
      if (decoder === undefined) {
        decoder = decodeCharset(context.options.charset ?? declaredCharset(head))
        tree.write(decoder.push(head))
      }
      tree.write(decoder.finish())
      const { reason, mixed } = decoder.finding()
      if (reason === 'NOT_UTF8' || mixed)
        context.defect('CHARSET_INVALID', {
          message: 'The file holds bytes that are not UTF-8, which XML without a declared charset must be.',
          expected: 'UTF-8, or the charset in the XML declaration',
        })
      tree.end()
      handler.end()
    },
  }
}

/** The charset of the XML declaration; undefined for UTF-8 and the UTFs a byte order mark tells. */
function declaredCharset(head: Uint8Array): string | undefined {
  const text = new TextDecoder('latin1').decode(head.subarray(0, 256))
  const label =
    /^(?:\u00ef\u00bb\u00bf)?\s{0,16}<\?xml[^>]{1,80}encoding\s{0,4}=\s{0,4}["']([A-Za-z0-9._-]{1,40})["']/.exec(
      text,
    )?.[1]
  if (label === undefined || /^utf-?(?:8|16)$/i.test(label)) return undefined
  try {
    return new TextDecoder(label).encoding
  } catch {
    return undefined
  }
}

class XmlTree {
  private readonly parser = new SaxesParser({ xmlns: false, position: true })
  private readonly stack: XmlNode[] = []
  private readonly context: ReaderContext
  private readonly handler: XmlHandler
  private source = ''
  private sourceBase = 0
  /** Captured elements that are open, outermost first. */
  private readonly captures: { node: XmlNode; start: number }[] = []
  private lastEvent = 0
  private tagStart = 0
  private sawRoot = false
  /** Elements that are open or kept in an open one. */
  private alive = 0

  constructor(context: ReaderContext, handler: XmlHandler) {
    this.context = context
    this.handler = handler
    this.parser.on('error', (error) => this.refuse(error.message))
    this.parser.on('doctype', () => this.refuseDoctype())
    this.parser.on('opentagstart', () => this.startTag())
    this.parser.on('opentag', (tag) => this.openTag(tag.name, tag.attributes))
    this.parser.on('text', (text) => this.addText(text))
    this.parser.on('cdata', (text) => this.addText(text))
    this.parser.on('closetag', () => this.closeTag())
  }

  write(text: string): void {
    if (text === '') return
    this.releaseSource()
    this.source += text
    if (!this.sawRoot) this.checkProlog(text)
    this.parser.write(text)
    withinLimit(
      this.context.limits,
      'maxRecordLength',
      this.parser.position - this.lastEvent,
      `line ${this.parser.line}`,
    )
  }

  end(): void {
    if (!this.sawRoot) this.refuse('There is no XML element in the file')
    const [root] = this.stack
    const open = this.stack.at(-1)
    if (root === undefined || open === undefined) {
      this.parser.close()
      return
    }
    const { line } = this.parser
    this.context.defect('TRUNCATED', {
      line,
      message: `Line ${line}: the file ends inside <${open.name.slice(0, 40)}>, which begins on line ${open.line}: it was cut off.`,
      expected: `</${root.name.slice(0, 40)}> at the end`,
    })
    this.handler.cutOff()
  }

  private prolog = ''

  private checkProlog(text: string): void {
    this.prolog += text.slice(0, longestProlog)
    const root = /<[A-Za-z_]/.exec(this.prolog)
    const before = root === null ? this.prolog : this.prolog.slice(0, root.index)
    if (/<!DOCTYPE|<!ENTITY/i.test(before)) this.refuseDoctype()
    if (root === null && this.prolog.length >= longestProlog)
      this.refuse(`No element starts within the first ${longestProlog} characters`)
  }

  private refuseDoctype(): never {
    throw refusedFile(this.context.format, 'ENTITY_DECLARED', {
      line: this.parser.line,
      message:
        'The file declares a document type. Bank messages never do; it is refused because it can smuggle in or blow up content.',
      expected: 'XML without DOCTYPE',
    })
  }

  private refuse(message: string): never {
    const line = this.parser.line
    throw refusedFile(this.context.format, 'STRUCTURE_INVALID', {
      line,
      message: `Line ${line}: the XML is broken (${message.replace(/^\d+:\d+: /, '').slice(0, 120)}).`,
      expected: 'well-formed XML',
    })
  }

  private startTag(): void {
    const { position } = this.parser
    this.tagStart = this.sourceBase + this.source.lastIndexOf('<', position - this.sourceBase - 1)
    this.lastEvent = position
  }

  private openTag(name: string, attributes: Record<string, string>): void {
    this.sawRoot = true
    withinLimit(this.context.limits, 'maxDepth', this.stack.length + 1, `line ${this.parser.line}`)
    const colon = name.indexOf(':')
    const node: XmlNode = {
      name: colon < 0 ? name : name.slice(colon + 1),
      line: this.parser.line,
      attributes,
      text: '',
      children: [],
      size: 1,
    }
    const parent = this.stack.at(-1)
    this.alive += 1
    if (this.alive > this.context.limits.maxParts)
      withinLimit(this.context.limits, 'maxParts', this.alive, `line ${node.line}`)
    this.stack.push(node)
    if (this.handler.captured.has(node.name)) this.captures.push({ node, start: this.tagStart })
    this.handler.open(node, parent)
  }

  private addText(text: string): void {
    this.lastEvent = this.parser.position
    const node = this.stack.at(-1)
    if (node === undefined) return
    if (text.length > this.context.limits.maxLineLength)
      withinLimit(this.context.limits, 'maxLineLength', text.length, `line ${this.parser.line}`)
    const trimmed = text.trim()
    if (trimmed !== '') node.text = node.text === '' ? trimmed : node.text + trimmed
  }

  private closeTag(): void {
    this.lastEvent = this.parser.position
    const node = this.stack.pop()
    if (node === undefined) return
    const capture = this.captures.at(-1)
    if (capture?.node === node) {
      this.captures.pop()
      node.raw ??= this.sourceFrom(capture.start, this.parser.position)
    }
    const parent = this.stack.at(-1)
    if (this.handler.close(node, parent)) this.alive -= node.size
    else if (parent !== undefined) {
      parent.children.push(node)
      parent.size += node.size
    }
  }

  /** Source text from an offset of the file on, cut to what is kept per element. */
  private sourceFrom(start: number, end: number): string {
    const from = start - this.sourceBase
    return this.source.slice(from, Math.min(end - this.sourceBase, from + longestRaw))
  }

  /** Forgets the source text no open capture needs any more: a booking of a hundred thousand payments is one element. */
  private releaseSource(): void {
    const end = this.sourceBase + this.source.length
    let needed = end - lookBack
    for (const { node, start } of this.captures) {
      if (node.raw === undefined && end - start >= longestRaw) node.raw = this.sourceFrom(start, end)
      if (node.raw === undefined) needed = Math.min(needed, start)
    }
    const gone = Math.max(0, needed - this.sourceBase)
    this.sourceBase += gone
    this.source = this.source.slice(gone)
  }
}

/** The first child of the name. */
export function child(node: XmlNode | undefined, name: string): XmlNode | undefined {
  if (node === undefined) return undefined
  for (const candidate of node.children) if (candidate.name === name) return candidate
  return undefined
}

export function childrenOf(node: XmlNode | undefined, name: string): XmlNode[] {
  return node === undefined ? [] : node.children.filter((candidate) => candidate.name === name)
}

/** The element down a path of names (`RmtInf/Strd`), the first of each. */
export function descendant(node: XmlNode | undefined, path: string): XmlNode | undefined {
  let at = node
  for (const name of namesOf(path)) {
    if (at === undefined) return undefined
    at = child(at, name)
  }
  return at
}

/** Paths are constants of this folder, so the cache stays small. */
const pathNames = new Map<string, readonly string[]>()

function namesOf(path: string): readonly string[] {
  const known = pathNames.get(path)
  if (known !== undefined) return known
  const names = path.split('/')
  pathNames.set(path, names)
  return names
}

/** The text down a path; undefined where the element is missing or empty. */
export function textAt(node: XmlNode | undefined, path: string): string | undefined {
  const text = descendant(node, path)?.text
  return text === '' ? undefined : text
}
