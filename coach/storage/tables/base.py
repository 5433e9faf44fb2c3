"""What every table shares: one metadata with a naming rule, so that each constraint has a name on every database."""

from sqlalchemy import MetaData
from sqlmodel import SQLModel

NAMES = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}


class Row(SQLModel):
    """The base of every table."""

    metadata = MetaData(naming_convention=NAMES)
