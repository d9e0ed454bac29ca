import type { HandleMention } from './kind.ts'
import { base, isInside, type Url } from './place.ts'
import type { View } from './view.ts'

/** Accounts and channels by their sign (`@name`), outside of links. */
export function findHandles(view: View, urls: readonly Url[]): HandleMention[] {
  const { text } = view
  const found: HandleMention[] = []
  for (const match of text.matchAll(/(?<![\w.@/+-])@([A-Za-z0-9_]{3,32})(?![\w@]|\.[A-Za-z]{2})/g)) {
    const start = match.index
    if (isInside(urls, start) || !/[A-Za-z]/.test(match[1]!)) continue
    const end = start + match[0].length
    found.push({ kind: 'handle', ...base(view, start, end, []), value: match[1]!, platform: null, invite: false })
  }
  return found
}

/** The channel, account or collection that a link names: `t.me/name`, `t.me/+invite`, `gofundme.com/f/name`. */
export function handleOfUrl(view: View, url: Url): HandleMention | null {
  const host = url.host?.name.replace(/^(?:www|m|mobile)\./, '')
  const platform = host === undefined ? undefined : PLATFORM.get(host)
  if (platform === undefined) return null
  const from = url.host!.end
  const match = PATH.exec(view.text.slice(from, url.end))
  if (match === null || NOT_A_NAME.test(match[2]!)) return null
  const end = from + match[0].length
  const value = match[2]!
  return { kind: 'handle', ...base(view, end - value.length, end, []), value, platform, invite: isInvite(match[1]) }
}

/** Whether money is given through that platform itself. */
export function isPaymentPlatform(platform: string): boolean {
  return GIVING.has(platform)
}

function isInvite(head: string | undefined): boolean {
  return head === '+' || head === 'joinchat/'
}

/** What may stand before the name, by the platform's own habit. */
const FOLDERS = 's|c|f|p|u|n|to|paypalme|pools/c|campaigns?|projects?|fundraising|fundraiser|pay/me|crowdfunding'
const PATH = new RegExp(String.raw`^/(?:(?:${FOLDERS})/|@|\$)?(joinchat/|\+)?([A-Za-z0-9_.-]{3,64})`)

const PLATFORM = new Map<string, string>()
for (const [platform, hosts] of [
  ...([
    ['telegram', 't.me telegram.me telegram.dog'],
    ['x', 'x.com twitter.com'],
    ['facebook', 'facebook.com fb.com fb.me'],
  ] as const),
  ...([
    ['instagram', 'instagram.com'],
    ['tiktok', 'tiktok.com'],
    ['tamtam', 'tamtam.chat tt.me'],
    ['youtube', 'youtube.com'],
  ] as const),
  ...([
    ['whatsapp', 'wa.me chat.whatsapp.com'],
    ['rocketchat', 'rocket.chat'],
    ['vk', 'vk.com'],
    ['ok', 'ok.ru'],
  ] as const),
  ...([
    ['signal', 'signal.group signal.me'],
    ['discord', 'discord.gg'],
  ] as const),
]) {
  for (const host of hosts.split(' ')) PLATFORM.set(host, platform)
}

/** Where money is given: payment services and sites of collections. */
const GIVING = new Set<string>()
for (const [platform, hosts] of [
  ...([
    ['paypal', 'paypal.me paypal.com'],
    ['gofundme', 'gofundme.com gofund.me'],
    ['launchgood', 'launchgood.com'],
  ] as const),
  ...([
    ['givesendgo', 'givesendgo.com'],
    ['justgiving', 'justgiving.com'],
    ['patreon', 'patreon.com'],
    ['ko-fi', 'ko-fi.com'],
  ] as const),
  ...([
    ['buymeacoffee', 'buymeacoffee.com'],
    ['cashapp', 'cash.app'],
    ['venmo', 'venmo.com'],
    ['wise', 'wise.com'],
  ] as const),
  ...([
    ['revolut', 'revolut.me'],
    ['donorbox', 'donorbox.org'],
    ['chuffed', 'chuffed.org'],
    ['helloasso', 'helloasso.com'],
  ] as const),
  ...([
    ['leetchi', 'leetchi.com'],
    ['cotizup', 'cotizup.com'],
    ['kitabisa', 'kitabisa.com'],
    ['saweria', 'saweria.co'],
  ] as const),
  ...([
    ['trakteer', 'trakteer.id'],
    ['yoomoney', 'yoomoney.ru'],
    ['qiwi', 'qiwi.com'],
    ['payeer', 'payeer.com'],
  ] as const),
]) {
  GIVING.add(platform)
  for (const host of hosts.split(' ')) PLATFORM.set(host, platform)
}

const NOT_NAMES =
  'watch|share|intent|home|search|login|profile\\.php|sharer|groups|pages|hashtag|channel|playlist|about|help|terms|' +
  'privacy|donate|signin|legal|webapps'
const NOT_A_NAME = new RegExp(`^(?:${NOT_NAMES})$`, 'i')
