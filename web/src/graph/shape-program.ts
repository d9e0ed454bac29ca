import { NodeCircleProgram, type NodeProgramType } from 'sigma/rendering'
import type { Shape } from './look.ts'

/**
 * Nodes as polygons inscribed in their circle: sigma's own program for circles with another distance in its fragment
 * shader. `p` is the place in the node, `r` its radius; below zero is inside.
 */
const DISTANCE: Readonly<Record<Exclude<Shape, 'circle'>, string>> = {
  square: 'max(abs(p.x), abs(p.y)) - r * 0.7071',
  diamond: '(abs(p.x) + abs(p.y)) * 0.7071 - r * 0.7071',
  triangle: 'max(-p.y, max(p.x * 0.866 + p.y * 0.5, p.y * 0.5 - p.x * 0.866)) - r * 0.5',
  hexagon: 'max(abs(p.y), abs(p.x) * 0.866 + abs(p.y) * 0.5) - r * 0.866',
}

const CIRCLE = 'length(v_diffVector) - v_radius'

export function shapePrograms(): Record<Shape, NodeProgramType> {
  const made = Object.entries(DISTANCE).map(([shape, distance]) => [shape, polygon(distance)])
  return { circle: NodeCircleProgram, ...Object.fromEntries(made) }
}

function polygon(distance: string): NodeProgramType {
  return class extends NodeCircleProgram {
    override getDefinition() {
      const definition = super.getDefinition()
      const inside = distance.replaceAll('p.', 'v_diffVector.').replaceAll(' r ', ' v_radius ')
      return {
        ...definition,
        FRAGMENT_SHADER_SOURCE: definition.FRAGMENT_SHADER_SOURCE.replace(CIRCLE, `(${inside})`),
      }
    }
  }
}
