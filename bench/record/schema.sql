-- The tables of the twins, on SQLite and PostgreSQL alike: those of Plumbline's record with their
-- keys, checks and indexes, without the triggers that keep others from changing it, and what the
-- interface asks for.
CREATE TABLE records (
  inspection TEXT NOT NULL PRIMARY KEY CHECK (length(inspection) BETWEEN 1 AND 60),
  sequence BIGINT NOT NULL CHECK (sequence >= 0),
  digest TEXT CHECK (length(digest) = 71),
  recorded_at BIGINT CHECK (recorded_at >= 0),
  CHECK ((sequence = 0) = (digest IS NULL))
);

CREATE TABLE entries (
  inspection TEXT NOT NULL REFERENCES records (inspection),
  sequence BIGINT NOT NULL CHECK (sequence >= 1),
  id TEXT NOT NULL UNIQUE CHECK (length(id) = 36),
  subject TEXT NOT NULL CHECK (length(subject) BETWEEN 1 AND 200),
  line TEXT NOT NULL CHECK (length(line) > 0),
  PRIMARY KEY (inspection, sequence)
);

CREATE INDEX entries_by_subject ON entries (inspection, subject, sequence);

-- The digest of the edition, and the key that is sealed with, in Base64.
CREATE TABLE inspections (
  inspection TEXT NOT NULL PRIMARY KEY,
  edition TEXT NOT NULL,
  key TEXT NOT NULL
);

CREATE TABLE tokens (
  digest TEXT NOT NULL PRIMARY KEY CHECK (length(digest) = 71),
  account TEXT NOT NULL,
  inspection TEXT NOT NULL REFERENCES inspections (inspection)
);
