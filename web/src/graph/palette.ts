import { tones } from './look.ts'
import type { Palette } from './picture.ts'
import { COLOURS } from './scene.ts'

/** The colours of the light that is on, from graph.css. */
export function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement)
  const names = [...tones, ...COLOURS, 'edge', 'fragile', 'ink', 'paper', 'card']
  return Object.fromEntries(names.map(name => [name, style.getPropertyValue(`--graph-${name}`).trim()])) as Palette
}
