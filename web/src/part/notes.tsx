import { said } from '../word/note.ts'
import { useWords } from '../word/words.ts'

/** What an answer says of itself: what it did not see, and what it rests on; in the words of the page. */
export function Notes({ notes, grave = false }: { notes: readonly string[]; grave?: boolean }) {
  const { language } = useWords()
  return notes.map(note => (
    <p key={note} className={grave ? 'verdict warn' : 'small quiet'}>
      {said(language, note)}
    </p>
  ))
}
