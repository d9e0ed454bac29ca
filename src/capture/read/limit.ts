/** What one intake may cost. Each limit is named in the failure that it causes. */

/** Bytes of one file or one unpacked member that are read into memory: one text must fit a JavaScript string. */
export const FILE_BYTES_MAX = 512 * 2 ** 20

/** Bytes that one archive may unpack to, all members and nested archives together. */
export const UNPACKED_BYTES_MAX = 2 ** 30

/** Bytes of one file that is read in pieces: what one stored file may hold. */
export const LONG_BYTES_MAX = 2 ** 31 - 4096

/**
 * Unpacked size over packed size, asked of archives that unpack to more than RATIO_FROM_BYTES. Deflate reaches 1,032 on
 * zeros (zlib's technical details); exports of text stay under 30.
 */
export const RATIO_MAX = 200
export const RATIO_FROM_BYTES = 16 * 2 ** 20

/** Members of one archive, and files of one folder. */
export const MEMBERS_MAX = 100_000

/** Archives inside archives. */
export const ARCHIVE_DEPTH_MAX = 3

/** Brackets inside brackets of one JSON text. Real exports stay under 20. */
export const JSON_DEPTH_MAX = 200

/** Elements inside elements of one page: as deep as Chromium builds them (Settings::maximumHTMLParserDOMTreeDepth). */
export const HTML_DEPTH_MAX = 512

/** Pixels of one picture: a scan of A3 at 600 dpi is 70 million; unpacked it takes four bytes a pixel. */
export const PIXELS_MAX = 80_000_000

/** Frames of one moving picture. */
export const FRAMES_MAX = 200

/** Seconds for one picture or document on its own thread. */
export const PICTURE_SECONDS_MAX = 30

/** Pages of one PDF, and pieces of text in all of them. */
export const PAGES_MAX = 2000
export const PIECES_MAX = 3_000_000

/** Records of one web archive. */
export const RECORDS_MAX = 200_000

/** Parts of one mail or mailbox, and parts inside parts. */
export const PARTS_MAX = 20_000
export const PART_DEPTH_MAX = 10
