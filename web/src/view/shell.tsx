import { Button, useComputedColorScheme, useDirection, useMantineColorScheme } from '@mantine/core'
import { Link, Outlet } from '@tanstack/react-router'
import { Drop } from '../part/drop.tsx'
import { Search } from '../part/search.tsx'
import { usePresence } from '../presence.ts'
import { chooseDigits, chooseHijri, digits, showsHijri } from '../word/digit.ts'
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
          <Link to="/captures">{t('nav.captures')}</Link>
          <Link to="/campaigns">{t('nav.campaigns')}</Link>
          <Link to="/entities">{t('entity.title')}</Link>
          <Link to="/screen">{t('nav.screen')}</Link>
          <Link to="/alerts">{t('alert.title')}</Link>
          <Link to="/lists">{t('start.lists')}</Link>
          <Link to="/trace" search={{ origin: '' }}>
            {t('nav.trace')}
          </Link>
          <Link to="/graph">{t('nav.graph')}</Link>
          <Link to="/cases">{t('nav.cases')}</Link>
        </nav>
        <Switches />
      </header>
      <Banner />
      <Drop />
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

function Switches() {
  const { t, language } = useWords()
  const { setDirection } = useDirection()
  const { setColorScheme } = useMantineColorScheme()
  const dark = useComputedColorScheme('light') === 'dark'
  const arabic = language === 'ar'
  const other: Language = language === 'ar' ? 'en' : 'ar'
  const turn = () => {
    choose(other)
    setDirection(directionOf(other))
  }
  return (
    <div className="switches">
      {arabic && (
        <>
          <Button
            variant="subtle"
            size="compact-md"
            onClick={() => chooseDigits(digits() === 'arab' ? 'latn' : 'arab')}
          >
            {digits() === 'arab' ? t('nav.digitsLatin') : t('nav.digitsArabic')}
          </Button>
          <Button
            variant="subtle"
            size="compact-md"
            aria-pressed={showsHijri()}
            onClick={() => chooseHijri(!showsHijri())}
          >
            {t('nav.hijri')}
          </Button>
        </>
      )}
      <Button variant="subtle" size="compact-md" lang={other} onClick={turn}>
        {t('nav.language')}
      </Button>
      <Button variant="subtle" size="compact-md" onClick={() => setColorScheme(dark ? 'light' : 'dark')}>
        {dark ? t('nav.light') : t('nav.dark')}
      </Button>
    </div>
  )
}
