-- The tables of the twins, on SQLite and PostgreSQL alike: those of Plumbline's record with their
-- keys, checks and indexes, without the triggers that keep others from changing it, and what
-- letting programs and assessors in asks for.
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

-- Who signed in, in whose inspections they are, and which cases they have or had.
CREATE TABLE accounts (
  id TEXT NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 60),
  email TEXT NOT NULL UNIQUE CHECK (length(email) BETWEEN 3 AND 254),
  is_administrator BIGINT NOT NULL CHECK (is_administrator IN (0, 1)),
  is_disabled BIGINT NOT NULL CHECK (is_disabled IN (0, 1))
);

CREATE TABLE sessions (
  digest TEXT NOT NULL PRIMARY KEY CHECK (length(digest) = 71),
  account TEXT NOT NULL REFERENCES accounts (id),
  expires_at BIGINT NOT NULL CHECK (expires_at >= 0)
);

CREATE TABLE members (
  inspection TEXT NOT NULL REFERENCES inspections (inspection),
  account TEXT NOT NULL REFERENCES accounts (id),
  role TEXT NOT NULL,
  PRIMARY KEY (inspection, account)
);

CREATE TABLE allotments (
  inspection TEXT NOT NULL REFERENCES inspections (inspection),
  number BIGINT NOT NULL CHECK (number >= 1),
  account TEXT NOT NULL REFERENCES accounts (id),
  PRIMARY KEY (inspection, account, number)
);

CREATE TABLE questions (
  code TEXT NOT NULL PRIMARY KEY,
  prompts BIGINT NOT NULL CHECK (prompts >= 0)
);

CREATE TABLE device_contacts (
  inspection TEXT NOT NULL REFERENCES records (inspection),
  device TEXT NOT NULL CHECK (length(device) = 36),
  author TEXT NOT NULL CHECK (length(author) BETWEEN 1 AND 60),
  at BIGINT NOT NULL CHECK (at >= 0),
  waiting BIGINT NOT NULL CHECK (waiting >= 0),
  PRIMARY KEY (inspection, device, author)
);
