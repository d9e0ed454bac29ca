import { Button, TextInput, useComputedColorScheme, useDirection, useMantineColorScheme } from '@mantine/core'
import { Link, Outlet, useNavigate } from '@tanstack/react-router'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { usePresence } from '../presence.ts'
import { choose, directionOf, type Language } from '../word/language.ts'
import { useWords } from '../word/words.ts'

/** What stands round every view: name, search, ways, language and light; and whether the program still answers. */
export function Shell() {
  const { t } = useWords()
  return (
    <>
      <a className="skip" href="#content">
        {t('nav.skip')}
      </a>
      <header className="top">
        <Link to="/" className="brand">
          <img src="/mark.svg" alt="" width="28" height="28" />
          {t('name')}
        </Link>
        <Search />
        <nav aria-label={t('nav.main')}>
          <Link to="/cases">{t('nav.cases')}</Link>
        </nav>
        <Switches />
      </header>
      <Banner />
      <main id="content" className="page" tabIndex={-1}>
        <Outlet />
      </main>
    </>
  )
}

function Banner() {
  const { t } = useWords()
  const presence = usePresence()
  return (
    <div role="status">
      {presence !== 'here' && (
        <p className="banner" data-testid="banner">
          {presence === 'gone' ? t('trouble.banner') : t('trouble.locked')}
        </p>
      )}
    </div>
  )
}

/** One field for whatever is in the clipboard. `/` jumps to it from anywhere. */
function Search() {
  const { t } = useWords()
  const [text, setText] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const navigate = useNavigate()
  useEffect(() => {
    const jump = (event: KeyboardEvent) => {
      if (event.key !== '/' || isTyping(event.target)) return
      event.preventDefault()
      field.current?.focus()
      field.current?.select()
    }
    document.addEventListener('keydown', jump)
    return () => document.removeEventListener('keydown', jump)
  }, [])
  const open = (event: FormEvent) => {
    event.preventDefault()
    const address = text.trim()
    if (address !== '') void navigate({ to: '/address/$network/$address', params: { network: 'any', address } })
  }
  return (
    <search>
      <form onSubmit={open}>
        <TextInput
          ref={field}
          type="search"
          aria-label={t('search.label')}
          placeholder={t('search.placeholder')}
          value={text}
          onChange={event => setText(event.currentTarget.value)}
          dir="auto"
          spellCheck={false}
          autoComplete="off"
        />
      </form>
    </search>
  )
}

function Switches() {
  const { t, language } = useWords()
  const { setDirection } = useDirection()
  const { setColorScheme } = useMantineColorScheme()
  const dark = useComputedColorScheme('light') === 'dark'
  const other: Language = language === 'ar' ? 'en' : 'ar'
  const turn = () => {
    choose(other)
    setDirection(directionOf(other))
  }
  return (
    <div className="switches">
      <Button variant="subtle" size="compact-md" lang={other} onClick={turn}>
        {t('nav.language')}
      </Button>
      <Button variant="subtle" size="compact-md" onClick={() => setColorScheme(dark ? 'light' : 'dark')}>
        {dark ? t('nav.light') : t('nav.dark')}
      </Button>
    </div>
  )
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}
