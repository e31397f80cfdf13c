-- The schema of vault format 1. Statements run one by one inside one transaction (storage/db/migrate.py).

-- Facts about this vault: replica, label, role, vault number, highest lamport and local sequence.
CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The three seeds of the signing and encryption identity.
CREATE TABLE identity (
  purpose TEXT PRIMARY KEY CHECK (purpose IN ('ed25519', 'mldsa', 'xwing')),
  seed BLOB NOT NULL CHECK (length(seed) = 32)
) STRICT, WITHOUT ROWID;

-- Public keys of every author whose revisions stand here.
CREATE TABLE authors (
  author TEXT PRIMARY KEY,
  ed25519 BLOB NOT NULL,
  mldsa BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- The one source of truth. Only erasure changes a row: it takes the body, once.
CREATE TABLE revisions (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE CHECK (length(id) = 32),
  record TEXT NOT NULL,
  type TEXT NOT NULL,
  author TEXT NOT NULL REFERENCES authors (author),
  lamport INTEGER NOT NULL,
  claimed INTEGER NOT NULL,
  parents BLOB NOT NULL,
  logged INTEGER NOT NULL,
  signature BLOB NOT NULL CHECK (length(signature) = 64),
  body BLOB
) STRICT;

CREATE INDEX revisions_by_record ON revisions (record, n);

CREATE INDEX revisions_by_event ON revisions (logged, n);

CREATE TRIGGER revisions_stay BEFORE DELETE ON revisions
BEGIN
  SELECT RAISE (ABORT, 'revisions are append-only');
END;

CREATE TRIGGER revisions_do_not_change BEFORE UPDATE ON revisions
WHEN new.body IS NOT NULL OR new.id IS NOT old.id OR new.record IS NOT old.record OR new.type IS NOT old.type
  OR new.author IS NOT old.author OR new.lamport IS NOT old.lamport OR new.claimed IS NOT old.claimed
  OR new.parents IS NOT old.parents OR new.logged IS NOT old.logged OR new.signature IS NOT old.signature
BEGIN
  SELECT RAISE (ABORT, 'revisions are append-only');
END;

-- The tamper-evident log and its signed checkpoints.
CREATE TABLE log (
  n INTEGER PRIMARY KEY,
  event BLOB NOT NULL,
  head BLOB NOT NULL CHECK (length(head) = 32)
) STRICT;

CREATE TRIGGER log_stays BEFORE DELETE ON log
BEGIN
  SELECT RAISE (ABORT, 'the log is append-only');
END;

CREATE TRIGGER log_does_not_change BEFORE UPDATE ON log
BEGIN
  SELECT RAISE (ABORT, 'the log is append-only');
END;

CREATE TABLE checkpoints (
  n INTEGER PRIMARY KEY,
  body BLOB NOT NULL,
  signatures BLOB NOT NULL
) STRICT;

-- Attached files, in the order of the evidence's blobs. Original bytes are described, key and name follow from the id.
CREATE TABLE blobs (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  evidence TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  size INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX blobs_by_evidence ON blobs (evidence);

-- Codes are never issued twice, also when their record is gone.
CREATE TABLE codes (
  code TEXT PRIMARY KEY,
  record TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Hashes of interchange files already taken in: the same file again is a no-op.
CREATE TABLE imports (
  hash TEXT PRIMARY KEY,
  logged INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What is being typed: a snapshot and the splices since. Never in dumps or bundles.
CREATE TABLE drafts (
  key TEXT PRIMARY KEY,
  base TEXT,
  saved INTEGER NOT NULL,
  snapshot TEXT NOT NULL
) STRICT;

CREATE TABLE draft_splices (
  key TEXT NOT NULL REFERENCES drafts (key) ON DELETE CASCADE,
  n INTEGER NOT NULL,
  at INTEGER NOT NULL,
  removed INTEGER NOT NULL,
  inserted TEXT NOT NULL,
  PRIMARY KEY (key, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE settings (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Derived from the revisions, rebuilt by `verify --rebuild`: list columns, whole documents, references.
CREATE TABLE listing (
  id TEXT PRIMARY KEY,
  type TEXT NOT NULL,
  code TEXT,
  title TEXT NOT NULL,
  language TEXT,
  changed INTEGER NOT NULL,
  extra TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX listing_by_type ON listing (type, changed DESC, id);

-- `heads`: the revisions no other revision of the record has as parent; `order_keys`: the fractional keys of its lists,
-- where they differ from the lists as written; `doc` is NULL after a deletion.
CREATE TABLE documents (
  id TEXT PRIMARY KEY,
  type TEXT NOT NULL,
  heads BLOB NOT NULL,
  order_keys BLOB,
  doc BLOB
) STRICT;

CREATE INDEX documents_by_type ON documents (type, id) WHERE doc IS NOT NULL;

CREATE TABLE links (
  source TEXT NOT NULL,
  target TEXT NOT NULL,
  PRIMARY KEY (target, source)
) STRICT, WITHOUT ROWID;

CREATE INDEX links_by_source ON links (source);

-- Records whose words in the full-text index are older than their document: see storage/derived.py.
CREATE TABLE unindexed (
  id TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
