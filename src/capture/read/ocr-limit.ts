/** Frames of one moving picture whose words are read, and pixels of one: reading takes about a second a million. */
export const OCR_FRAMES_MAX = 3
export const OCR_PIXELS_MAX = 20_000_000

/** Pixels up to which a picture is looked at a second time: a photograph of a telephone has eight million or more. */
export const OCR_AGAIN_PIXELS_MAX = 8_000_000

/** Seconds of the first look after which there is no second: noise is slow to read, and has few words. */
export const OCR_AGAIN_SECONDS_MAX = 8

/** Pictures of one PDF whose words are read. */
export const OCR_PAGES_MAX = 20

/** Seconds for the words of one file. */
export const OCR_SECONDS_MAX = 60
