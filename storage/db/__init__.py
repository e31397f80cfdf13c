"""The encrypted database: connection, transactions, migrations. Must not know what a record is."""

from storage.db.connection import Database, Value, open_database, sql_errors
from storage.db.migrate import latest_version, migrate, schema_version

__all__ = ["Database", "Value", "latest_version", "migrate", "open_database", "schema_version", "sql_errors"]
