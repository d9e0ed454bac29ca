/**
 * The words of one line of a page in reading order, from the pieces as they are painted. PDF paints Arabic from left to
 * right in its joined shapes; the pieces are turned round by the directions of their letters (a small part of Unicode's
 * bidirectional algorithm, UAX #9: whole runs, no embeddings), shapes become letters, brackets are mirrored.
 */
export type Piece = {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
}

/** A run of one direction, with the box that it covers. */
export type Run = Piece

/** Pieces by their lines (same baseline within half a letter), from the top; `y` counts upwards. */
export function linesOf(pieces: readonly Piece[]): Piece[][] {
  const lines: Piece[][] = []
  const sorted = pieces.filter(piece => piece.text !== '').sort((a, b) => b.y - a.y || a.x - b.x)
  for (const piece of sorted) {
    const line = lines.at(-1)
    const head = line?.[0]
    if (head !== undefined && head.y - piece.y <= Math.max(2, Math.min(head.h || 6, piece.h || 6) * 0.4))
      line!.push(piece)
    else lines.push([piece])
  }
  return lines.map(line => line.sort((a, b) => a.x - b.x))
}

/** The runs of a line in the order in which they are read. */
export function runsOf(line: readonly Piece[]): Run[] {
  const pieces = spaced(line)
  const kinds = pieces.map(piece => kindOf(piece.text))
  const isRightToLeft = readsFromRight(pieces)
  const sides = resolve(kinds, pieces, isRightToLeft ? 'R' : 'L')
  const groups: { side: Side; pieces: Piece[] }[] = []
  pieces.forEach((piece, i) => {
    const last = groups.at(-1)
    const joins = last !== undefined && last.side === sides[i] && !(kinds[i] === 'R' && kinds[i - 1] === 'D')
    if (joins) last.pieces.push(piece)
    else groups.push({ side: sides[i]!, pieces: [piece] })
  })
  const ordered = isRightToLeft ? groups.reverse() : groups
  return ordered.map(({ side, pieces: inside }) => assemble(side, inside))
}

type Kind = 'R' | 'L' | 'D' | 'N'
type Side = 'R' | 'L'

/** A space where a gap is wider than a fifth of the letters' height. */
function spaced(line: readonly Piece[]): Piece[] {
  const pieces: Piece[] = []
  for (const piece of line) {
    const last = pieces.at(-1)
    const gap = last === undefined ? 0 : piece.x - (last.x + last.w)
    const isOpen = last !== undefined && !/\s$/.test(last.text) && !/^\s/.test(piece.text)
    if (isOpen && gap > Math.max(piece.h, last.h, 5) * 0.2) {
      pieces.push({ text: ' ', x: last.x + last.w, y: piece.y, w: gap, h: piece.h })
    }
    pieces.push(piece)
  }
  return pieces
}

function kindOf(text: string): Kind {
  if (RIGHT.test(text)) return 'R'
  if (/\p{L}/u.test(text)) return 'L'
  return /\p{Nd}/u.test(text) ? 'D' : 'N'
}

/** By the letters, long runs without spaces (addresses, links) left aside. */
function readsFromRight(pieces: readonly Piece[]): boolean {
  const words = pieces.map(piece => piece.text.replace(/[A-Za-z0-9]{20,}|\S+:\/\/\S+/g, '')).join('')
  const right = words.match(RIGHT_ALL)?.length ?? 0
  const left = words.match(/\p{Script=Latin}/gu)?.length ?? 0
  return right > 0 && right * 2 >= left
}

/** Signs belong to the letters on both sides where these agree, else to the line. Digits are read from the left. */
function resolve(kinds: readonly Kind[], pieces: readonly Piece[], base: Side): Side[] {
  return kinds.map((kind, i) => {
    if (kind === 'R') return 'R'
    if (kind !== 'N') return 'L'
    let before = i - 1
    let after = i + 1
    while (before >= 0 && kinds[before] === 'N') before--
    while (after < kinds.length && kinds[after] === 'N') after++
    const [left, right] = [kinds[before], kinds[after]]
    if (left === 'D' && right === 'D') return /\s/.test(pieces[i]!.text) ? base : 'L'
    const isLeft = (one: Kind | undefined) => one === 'L' || (one === 'D' && base === 'L')
    if (isLeft(left) && (isLeft(right) || right === 'D')) return 'L'
    if (left === 'D' && isLeft(right)) return 'L'
    return left === 'R' && right === 'R' ? 'R' : base
  })
}

function assemble(side: Side, pieces: readonly Piece[]): Run {
  const ordered = side === 'R' ? [...pieces].reverse() : pieces
  const text = ordered.map(({ text: one }) => (side === 'R' ? mirrored(plain(one)) : plain(one))).join('')
  const [first, last] = [pieces[0]!, pieces.at(-1)!]
  return { text, x: first.x, y: first.y, w: last.x + last.w - first.x, h: Math.max(...pieces.map(piece => piece.h)) }
}

/** Arabic shapes as their letters; nothing else is changed. */
function plain(text: string): string {
  return text.replace(/[\ufb50-\ufdff\ufe70-\ufefc]+/g, shapes => shapes.normalize('NFKC'))
}

function mirrored(text: string): string {
  return kindOf(text) === 'N' ? text.replace(/[()[\]{}<>«»]/g, sign => MIRROR[MIRROR.indexOf(sign) ^ 1]!) : text
}

const MIRROR = '()[]{}<>«»'
const RIGHT = /[\u0590-\u05ff\u0620-\u065f\u066e-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/
const RIGHT_ALL = new RegExp(RIGHT.source, 'g')
