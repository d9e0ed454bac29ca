import type { Desk } from './desk.ts'
import type { Document, Term } from './document.ts'
import { createRegister } from './evidence.ts'
import type { Material } from './material.ts'
import { evidenceSection, registerSection } from './section-appendix.ts'
import { methodsSection, notesSection, screeningSection, unseenSection } from './section-method.ts'
import { addressesSection, capturesSection } from './section-published.ts'
import { receiptsSection } from './section-receipts.ts'
import { summarySection } from './section-summary.ts'
import { traceSection } from './section-trace.ts'
import { type Language, wordsOf } from './words.ts'

/** The report of a case as a document tree. Pure: the same material gives the same tree. */
export function compose(material: Material, language: Language): Document {
  const desk: Desk = { material, words: wordsOf(language), register: createRegister() }
  const { words, register } = desk
  const body = SECTIONS.map(section => section(desk))
  const sections = [...body, registerSection(desk), evidenceSection(desk)]
  return {
    language,
    title: material.case.title,
    subtitle: words.say('report'),
    about: about(desk),
    synthetic: material.synthetic,
    sections,
    figures: register.figures,
    evidence: register.evidence,
  }
}

/** In the order of printing. Evidence is numbered as it is first cited. */
const SECTIONS: readonly ((desk: Desk) => Document['sections'][number])[] = [
  ...[summarySection, capturesSection, addressesSection, receiptsSection, traceSection],
  ...[screeningSection, unseenSection, methodsSection, notesSection],
]

function about({ material, words }: Desk): Term[] {
  const { program, writtenAt, writtenBy } = material
  const at = `${writtenAt.slice(0, 10)} ${writtenAt.slice(11, 16)} UTC`
  return [
    { term: words.say('case'), content: [{ name: material.case.name }] },
    { term: words.say('status'), content: [words.term('status', material.case.status)] },
    { term: words.say('written'), content: [{ isolate: at }] },
    { term: words.say('author'), content: [{ name: writtenBy }] },
    { term: words.say('program'), content: [{ isolate: `${program.name} ${program.version}` }] },
  ]
}
