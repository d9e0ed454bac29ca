import { Button, TextInput, useDirection, useMantineColorScheme } from '@mantine/core'
import { Link, Outlet, useNavigate } from '@tanstack/react-router'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { choose, directionOf, type Language } from '../word/language.ts'

/** What stands round every view: name, search, ways, language and light. */
export function Shell() {
  const { t } = useTranslation()
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
        <nav>
          <Link to="/reports">{t('nav.reports')}</Link>
        </nav>
        <Switches />
      </header>
      <main id="content" className="page">
        <Outlet />
      </main>
    </>
  )
}

/** One field for whatever is in the clipboard. `/` jumps to it from anywhere. */
function Search() {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const navigate = useNavigate()
  useEffect(() => {
    const jump = (event: KeyboardEvent) => {
      if (event.key !== '/' || isTyping(event.target)) return
      event.preventDefault()
      field.current?.focus()
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
  const { t, i18n } = useTranslation()
  const { setDirection } = useDirection()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const other: Language = i18n.language === 'ar' ? 'en' : 'ar'
  const turn = () => {
    choose(other)
    setDirection(directionOf(other))
  }
  const dark = colorScheme === 'dark'
  return (
    <div>
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
