"""Communities and the people in them."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from storage.tables.base import Instant, belongs, metadata, tenant

communities = Table(
    "communities",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", Text, nullable=False, unique=True),
    Column("organisation", JSON, nullable=False),  # the organisation file as it was checked
)

counters = Table(
    "counters",
    metadata,
    tenant(),
    Column("name", Text, primary_key=True),
    Column("value", Integer, nullable=False),
)

people = Table(
    "people",
    metadata,
    tenant(),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("telegram_id", BigInteger, nullable=False),
    Column("name", Text, nullable=False),  # sealed; of whoever was erased a word and a number
    Column("language", Text, nullable=False),
    Column("home", Text),  # the unit, such as "3-2": no door
    Column("joined_at", Instant, nullable=False),
    Column("blocked_at", Instant),  # the person has blocked the bot
    Column("left_at", Instant),  # they moved to another community; None: they are here
    Column("settings", JSON),  # what the person chose; None: nothing yet
    Column("away_on", Text),  # the local date on which nothing is to be offered
    UniqueConstraint("community_id", "telegram_id"),
)
Index("ix_people_telegram_id", people.c.telegram_id)

keys = Table(  # of each person: with it their fields are sealed; itself wrapped with the key file
    "keys",
    metadata,
    tenant(),
    Column("person_id", Integer, primary_key=True, autoincrement=False),
    Column("wrapped", Text, nullable=False),
    belongs("people", "person_id"),
)

name_pieces = Table(  # by which people are found in a list of names: marks, which say nothing
    "name_pieces",
    metadata,
    tenant(),
    Column("mark", Text, primary_key=True),
    Column("person_id", Integer, primary_key=True, autoincrement=False),
    belongs("people", "person_id"),
)
Index("ix_name_pieces_person", name_pieces.c.community_id, name_pieces.c.person_id)

roles = Table(
    "roles",
    metadata,
    tenant(),
    Column("person_id", Integer, primary_key=True, autoincrement=False),
    Column("role", Text, primary_key=True),
    Column("scope", Text, primary_key=True),  # "" is the whole community
    Column("starts_at", Instant, nullable=False),
    Column("ends_at", Instant),
    belongs("people", "person_id"),
)

grants = Table(  # roles that somebody is to get: invitations, and what a second one has to agree to
    "grants",
    metadata,
    tenant(),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("person_id", Integer),  # None: whoever opens the link
    Column("role", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("ends_at", Instant),  # of the role
    Column("asked_by", Integer, nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("status", Text, nullable=False),  # invited, asked, granted, refused
    Column("code_hash", Text),
    Column("decided_by", Integer),
    Column("decided_at", Instant),
    belongs("people", "person_id"),
    belongs("people", "asked_by"),
    belongs("people", "decided_by"),
)
Index("ix_grants_code", grants.c.code_hash, unique=True)
Index("ix_grants_status", grants.c.community_id, grants.c.status)

homes = Table(  # flats, with their floor area for votes by area
    "homes",
    metadata,
    tenant(),
    Column("building", Text, primary_key=True),
    Column("unit", Integer, primary_key=True, autoincrement=False),  # 0: a building without units
    Column("number", Text, primary_key=True),
    Column("area", Integer),  # hundredths of a square metre
    Column("closed_at", Instant),  # no longer in the organisation file
)

residences = Table(  # who lives in which home, on whose word
    "residences",
    metadata,
    tenant(),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("person_id", Integer, nullable=False),
    Column("building", Text, nullable=False),
    Column("unit", Integer, nullable=False),
    Column("number", Text, nullable=False),  # sealed
    Column("since", Instant, nullable=False),
    Column("word_of", Integer, nullable=False),
    Column("ended_at", Instant),
    Column("ended_by", Integer),
    Column("reason", Text),  # moved_out, moved, mistake, disputed
    Column("home_mark", Text),  # the same for all who live there; homes have none, on purpose
    belongs("people", "person_id"),
    belongs("people", "word_of"),
    belongs("people", "ended_by"),
)
Index(  # nobody counts twice in a home
    "ix_residences_once",
    *(residences.c[one] for one in ("community_id", "person_id", "home_mark")),
    unique=True,
    sqlite_where=text("ended_at IS NULL"),
    postgresql_where=text("ended_at IS NULL"),
)
Index(
    "ix_residences_home",
    *(residences.c[one] for one in ("community_id", "home_mark")),
)
Index(
    "ix_residences_building",
    *(residences.c[one] for one in ("community_id", "building")),
)

home_words = Table(  # what shows that somebody lives in a home: said by who serves, kept as a hash
    "home_words",
    metadata,
    tenant(),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("building", Text, nullable=False),
    Column("unit", Integer, nullable=False),
    Column("number", Text, nullable=False),
    Column("code_hash", Text, nullable=False),
    Column("made_by", Integer, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("used", Integer, nullable=False),
    Column("wrong", Integer, nullable=False),
    Column("ended_at", Instant),  # there is a newer one
    belongs("people", "made_by"),
)
Index(
    "ix_home_words_home",
    *(home_words.c[one] for one in ("community_id", "building", "unit", "number")),
)

wrong_words = Table(  # tries that failed: a few a day are let through
    "wrong_words",
    metadata,
    tenant(),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("person_id", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    belongs("people", "person_id"),
)
Index(
    "ix_wrong_words_person",
    *(wrong_words.c[one] for one in ("community_id", "person_id", "at")),
)

codes = Table(  # what hangs in stairwells: says where somebody stands, and permits nothing
    "codes",
    metadata,
    tenant(),
    Column("code", Text, primary_key=True),
    Column("place", Text, nullable=False),  # "3-2" (building and unit) or a spot's code
    Column("made_at", Instant, nullable=False),
    Column("ended_at", Instant),  # it was renewed
    Column("scans", Integer, nullable=False),
)
Index("ix_codes_code", codes.c.code, unique=True)

groups = Table(  # a group, or one topic of it, that works for the bot
    "groups",
    metadata,
    tenant(),
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("topic", Integer, primary_key=True, autoincrement=False),  # 0: no topic
    Column("purpose", Text, primary_key=True),
    Column("bound_by", Integer, nullable=False),
    Column("bound_at", Instant, nullable=False),
    Column("ended_at", Instant),
    belongs("people", "bound_by"),
)

kin = Table(  # relatives who help an elder, and their invitations
    "kin",
    metadata,
    tenant(),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("helper_id", Integer, nullable=False),
    Column("elder_id", Integer),
    Column("code_hash", Text, nullable=False),
    Column("status", Text, nullable=False),  # invited, asked, agreed, refused, ended
    Column("asked_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    belongs("people", "helper_id"),
    belongs("people", "elder_id"),
)
Index("ix_kin_code", kin.c.community_id, kin.c.code_hash, unique=True)
Index("ix_kin_helper", kin.c.community_id, kin.c.helper_id)
Index("ix_kin_elder", kin.c.community_id, kin.c.elder_id)
