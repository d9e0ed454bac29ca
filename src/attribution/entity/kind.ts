/**
 * Kinds of entities, with the FollowTheMoney schema that each is (schemas of followthemoney 3.8; a site is an Asset and
 * a page HyperText, since the model has no web site), and relations with the schema of the edge.
 */
export type Kind = keyof typeof KINDS

const KINDS = {
  person: 'Person',
  organisation: 'Organization',
  wing: 'Organization',
  company: 'Company',
  exchange: 'Company',
  authority: 'PublicBody',
  channel: 'UserAccount',
  site: 'Asset',
  page: 'HyperText',
  'bank-account': 'BankAccount',
  'street-address': 'Address',
} as const

export const all = Object.keys(KINDS) as readonly Kind[]

export function parse(text: string): Kind | undefined {
  return all.find(kind => kind === text)
}

export function schemaOf(kind: Kind): string {
  return KINDS[kind]
}

/**
 * wing-of and part-of make the hierarchy: a wing is a body of its own and never merged with what it is a wing of.
 * same-as says that two records are one body. controls and holds may point at an address of a chain.
 */
export type Relation = keyof typeof RELATIONS

const RELATIONS = {
  'wing-of': 'UnknownLink',
  'part-of': 'UnknownLink',
  'same-as': 'UnknownLink',
  'member-of': 'Membership',
  leads: 'Directorship',
  represents: 'Representation',
  owns: 'Ownership',
  runs: 'Ownership',
  holds: 'Ownership',
  controls: 'UnknownLink',
  'associate-of': 'Associate',
  'located-at': 'UnknownLink',
  funds: 'UnknownLink',
  supports: 'UnknownLink',
  'succeeded-by': 'Succession',
  'linked-to': 'UnknownLink',
} as const

export const relations = Object.keys(RELATIONS) as readonly Relation[]

export function edgeOf(relation: Relation): string {
  return RELATIONS[relation]
}

/** Properties of FollowTheMoney that an entity of any of these kinds may have; each may stand several times. */
export const properties: readonly string[] = [
  ...['name', 'alias', 'weakAlias', 'previousName', 'abbreviation', 'summary', 'notes', 'topics', 'country'],
  ...['jurisdiction', 'licenseNumber', 'registrationNumber', 'legalForm', 'status', 'sector', 'classification'],
  ...['website', 'sourceUrl', 'wikidataId', 'email', 'phone', 'address', 'mainCountry', 'incorporationDate'],
  ...['dissolutionDate', 'firstName', 'lastName', 'fatherName', 'title', 'birthDate', 'birthPlace', 'deathDate'],
  ...['nationality', 'position', 'gender', 'username', 'service', 'iban', 'bic', 'bankName', 'accountNumber'],
  ...['currency', 'full', 'street', 'city', 'postalCode', 'region', 'publishedAt', 'programId', 'idNumber'],
]
