"""The data in PostgreSQL with PostGIS: published there by command, read from there by many servers.

What is needed for it (requirements.txt beside this file) is imported only where a database is named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from layers.postgis.database import Database


def database_of(address: str) -> Database:
    """The database of an address; ConnectionError where it is no address, or packages are missing."""
    try:
        from layers.postgis.database import Database
    except ModuleNotFoundError as error:
        raise ConnectionError(
            f"a database needs {error.name}: pip install -r layers/postgis/requirements.txt"
        ) from error
    return Database(address)
