"""How large a file may be that is kept with a case or shown to others."""

SIZE_LIMIT = 20 * 1024 * 1024  # bytes: what Telegram hands a bot (getFile)
PIXELS_LIMIT = 40_000_000  # width times height
